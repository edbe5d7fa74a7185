package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;

/**
 * Memory that read(2) fills, shared by all descriptors of one event loop: a thousand idle
 * containers then hold no buffer at all. For the loop's thread alone.
 */
final class ReadBuffer implements AutoCloseable {
  /** The most bytes one read takes: half of what a pipe holds by default (pipe(7)). */
  static final int SIZE = 32 * 1024;

  private final Kernel kernel;
  private final NativeArena arena = new NativeArena();
  private final long address = arena.allocate(SIZE);
  private final byte[] bytes = new byte[SIZE];

  ReadBuffer(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The count of bytes now in {@link #bytes}; 0 at the end of the stream; -errno. */
  int read(Fd fd) {
    int count = (int) kernel.files().read(fd.number(), address, SIZE);
    if (count > 0) {
      NativeArena.getBytes(address, bytes, 0, count);
    }
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() {
    arena.close();
  }
}
