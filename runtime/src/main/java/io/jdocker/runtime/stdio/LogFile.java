package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A file of whole records, appended to; past its size it goes on in a new one. Opened at the first
 * use; made with mode 0640. Nothing is synced: a log is not worth a disk's latency for each line.
 * One thread at a time.
 */
final class LogFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogFile.class.getName());
  private static final int BLOCK = 4096;

  static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rw-r-----");

  private final Path path;
  private final LogRotation rotation;
  private final LogProgress progress;
  private final Executor compressor;
  private final RotatedFiles earlier;
  private FileChannel channel;
  private long inode;

  /**
   * @param progress tells followers of a new file; its lock keeps the names steady for readers
   * @param compressor compresses files that are written no more
   */
  LogFile(Path path, LogRotation rotation, LogProgress progress, Executor compressor) {
    this.path = path;
    this.rotation = rotation;
    this.progress = progress;
    this.compressor = compressor;
    this.earlier = new RotatedFiles(path, rotation.maxFiles());
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

  /** The inode of the file that is written; 0 where there is none yet. */
  long inode() throws IOException {
    if (channel == null && Files.exists(path)) {
      open();
    }
    return inode;
  }

  /**
   * Appends records, going on in new files where one is full.
   *
   * @param records each ends in a newline, and has no other
   */
  void append(ByteBuffer records) throws IOException {
    int end = records.limit();
    while (records.position() < end) {
      records.limit(rotation.maxSize() > 0 ? endOfThisFile(records, end) : end);
      appendAll(records);
      records.limit(end);
      if (records.hasRemaining()) {
        rotate();
      }
    }
  }

  /** A record more is taken where the file is not full. */
  private int endOfThisFile(ByteBuffer records, int end) throws IOException {
    long room = Math.max(1, rotation.maxSize() - length());
    int from = (int) Math.min(end - 1L, records.position() + room - 1);
    for (int i = from; i < end; i++) {
      if (records.get(i) == '\n') {
        return i + 1;
      }
    }
    return end;
  }

  /** Appends all or, when that fails, none. */
  private void appendAll(ByteBuffer records) throws IOException {
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

  /** True where the next record belongs to a new file. */
  boolean isFull() throws IOException {
    return rotation.maxSize() > 0 && existingLength() >= rotation.maxSize();
  }

  /** Goes on in a new file. */
  void rotate() throws IOException {
    close();
    channel = null;
    synchronized (progress) {
      long generation = earlier.shift();
      open();
      if (rotation.compress() && rotation.maxFiles() > 1) {
        FileChannel finished = earlier.openFirst();
        compressor.execute(() -> compress(finished, generation));
      }
    }
  }

  private void compress(FileChannel finished, long generation) {
    try (finished) {
      Path compressed = earlier.compress(finished, generation);
      synchronized (progress) {
        earlier.replace(compressed, generation);
      }
    } catch (IOException e) {
      // It stays as it is, and readable; a container that was removed has no folder any more.
      LOG.log(System.Logger.Level.DEBUG, "a part of log {0} is not compressed: {1}", path, e);
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
      synchronized (progress) {
        boolean isNew = !Files.exists(path);
        channel =
            FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PERMISSIONS));
        inode = (Long) Files.getAttribute(path, "unix:ino");
        if (isNew) {
          progress.continues(path);
        }
      }
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
