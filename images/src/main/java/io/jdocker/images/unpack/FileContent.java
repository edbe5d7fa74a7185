package io.jdocker.images.unpack;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarEntry.Segment;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import io.jdocker.linux.SyscallException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** Writes the data of files through one native buffer. One thread at a time. */
public final class FileContent implements AutoCloseable {
  private static final int BUFFER = 1 << 17;
  private static final int SEEK_SET = 0;

  private final Kernel kernel;
  private final NativeArena arena = new NativeArena();
  private final long buffer = arena.allocate(BUFFER);
  private final byte[] transfer = new byte[BUFFER];
  // CRC-32: the JVM has it by processor instructions in all its compilers, CRC-32C in one alone.
  private final CRC32 checksum = new CRC32();

  public FileContent(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Writes the member's data into the new file, holes left as holes. */
  public void write(InputStream data, TarEntry entry, Fd file) throws IOException {
    checksum.reset();
    if (entry.sparse().isEmpty() && entry.realSize() == entry.size()) {
      copy(data, entry.size(), file);
      return;
    }
    for (Segment segment : entry.sparse()) {
      kernel.call(
          () -> file + ", " + segment.offset(),
          Sys.LSEEK,
          file.number(),
          segment.offset(),
          SEEK_SET);
      copy(data, segment.length(), file);
    }
    kernel.call(
        () -> file + ", " + entry.realSize(), Sys.FTRUNCATE, file.number(), entry.realSize());
  }

  /** CRC-32 of the data that was written last, without its holes. */
  long checksum() {
    return checksum.getValue();
  }

  private void copy(InputStream data, long length, Fd file) throws IOException {
    long left = length;
    while (left > 0) {
      int count = data.read(transfer, 0, (int) Math.min(left, BUFFER));
      if (count < 0) {
        throw new EOFException("archive is cut short");
      }
      NativeArena.putBytes(buffer, transfer, 0, count);
      checksum.update(transfer, 0, count);
      writeBuffer(file, count);
      left -= count;
    }
  }

  /** Copies a whole file. */
  void copy(Fd from, Fd to) {
    while (true) {
      long count = kernel.files().read(from.number(), buffer, BUFFER);
      if (count < 0) {
        throw new SyscallException("read(" + from + ")", (int) -count);
      }
      if (count == 0) {
        return;
      }
      writeBuffer(to, count);
    }
  }

  private void writeBuffer(Fd file, long count) {
    long done = 0;
    while (done < count) {
      long at = buffer + done;
      long rest = count - done;
      done += kernel.call(() -> file + ", " + rest + " bytes", Sys.WRITE, file.number(), at, rest);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
