package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import java.util.Optional;

/**
 * Memory that read(2) fills, shared by all descriptors of one event loop: a thousand idle
 * containers then hold no buffer at all. For the loop's thread alone.
 */
final class ReadBuffer implements AutoCloseable {
  /** The most bytes one read takes: half of what a pipe holds by default (pipe(7)). */
  static final int SIZE = 32 * 1024;

  private final Kernel kernel;
  private final NativeArena arena = new NativeArena();
  private final Optional<OutputJournal> journal;
  private final long address;
  private final byte[] bytes = new byte[SIZE];

  /**
   * @param journal where output that goes to a log is to survive the engine
   */
  ReadBuffer(Kernel kernel, Optional<OutputJournal> journal) {
    this.kernel = kernel;
    this.journal = journal;
    this.address = journal.map(OutputJournal::data).orElseGet(() -> arena.allocate(SIZE));
  }

  /** The count of bytes now in {@link #bytes}; 0 at the end of the stream; -errno. */
  int read(Fd fd) {
    int count = (int) kernel.files().read(fd.number(), address, SIZE);
    if (count > 0) {
      NativeArena.getBytes(address, bytes, 0, count);
    }
    return count;
  }

  /**
   * As {@link #read}, of output for a hub: should the engine be killed before {@link #delivered},
   * the next one brings it into the log.
   */
  int read(Fd fd, int stream, StreamHub hub) {
    if (journal.isEmpty()) {
      return read(fd);
    }
    hub.logPosition().ifPresent(position -> journal.get().begin(stream, position));
    int count = read(fd);
    if (count > 0) {
      journal.get().filled(count);
    } else {
      delivered(0);
    }
    return count;
  }

  /** So many bytes are in the log, if they are for one. */
  void delivered(int count) {
    journal.ifPresent(j -> j.done(count));
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() {
    journal.ifPresent(OutputJournal::close);
    arena.close();
  }
}
