package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file of whole records, appended to. Opened at the first use; made with mode 0640. Nothing is
 * synced: a log is not worth a disk's latency for each line. One thread at a time.
 */
final class LogFile implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final Path path;
  private FileChannel channel;

  LogFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** The file's length, in whole records. */
  long length() throws IOException {
    return open().size();
  }

  /** As {@link #length}, without making the file: 0 where there is none. */
  long existingLength() throws IOException {
    return channel == null && !Files.exists(path) ? 0 : length();
  }

  /** Appends all records or, when that fails, none. */
  void append(ByteBuffer records) throws IOException {
    FileChannel file = open();
    int start = records.position();
    try {
      while (records.hasRemaining()) {
        file.write(records);
      }
    } catch (IOException e) {
      int written = records.position() - start;
      if (written > 0) {
        file.truncate(file.size() - written);
      }
      throw e;
    }
  }

  /** Cuts off what comes after that length. */
  void cut(long length) throws IOException {
    if (Files.exists(path) && length() > length) {
      open().truncate(length);
    }
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      cutTornRecord();
      channel =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    }
    return channel;
  }

  /** After a power cut the last record may lack its end. */
  private void cutTornRecord() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long whole = endOfLastRecord(file);
      if (whole < file.size()) {
        file.truncate(whole);
      }
    }
  }

  private static long endOfLastRecord(FileChannel file) throws IOException {
    long end = file.size();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (end > 0) {
      long start = Math.max(0, end - BLOCK);
      block.clear().limit((int) (end - start));
      while (block.hasRemaining() && file.read(block, start + block.position()) > 0) {
        // read(2) may give less than asked
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
