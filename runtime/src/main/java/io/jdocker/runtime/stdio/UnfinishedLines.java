package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The beginnings of lines that wait for their end, kept in a file beside the log: no longer in the
 * pipe and not yet in the log, they would be lost with an engine that is killed.
 *
 * <p>The file: the log's length at that moment (8 bytes), a CRC-32 of what follows (4), the
 * sequence number of the output they came with (8), whether the log is about to go on in a new file
 * (1), the lengths of both beginnings (4 each), stdout's, stderr's. It counts only while the log
 * has that length, or none when it goes on in a new file: once the lines are in the log it is out
 * of date by itself, and need not be written again. One thread at a time.
 */
final class UnfinishedLines implements AutoCloseable {
  private static final int HEADER = 8 + 4 + 8 + 1 + 4 + 4;
  private static final int CHECKED_FROM = 12;

  /** The beginnings of both streams' lines, empty where none waits. */
  @SuppressWarnings("ArrayRecordComponent") // bytes between two buffers; never compared
  record Content(long sequence, byte[] stdout, byte[] stderr) {
    boolean isEmpty() {
      return stdout.length == 0 && stderr.length == 0;
    }
  }

  private final Path path;
  private Optional<FileChannel> file = Optional.empty();

  UnfinishedLines(Path log) {
    this.path = log.resolveSibling(log.getFileName() + ".unfinished");
  }

  /** What an engine that ended without a word has left for a log of that length. */
  Optional<Content> load(long logLength) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    ByteBuffer saved = ByteBuffer.wrap(bytes);
    try {
      long length = saved.getLong();
      int check = saved.getInt();
      long sequence = saved.getLong();
      boolean rotating = saved.get() != 0;
      byte[] stdout = new byte[bounded(saved.getInt())];
      byte[] stderr = new byte[bounded(saved.getInt())];
      saved.get(stdout).get(stderr);
      boolean intact = check == checksum(bytes, saved.position());
      return intact && (length == logLength || (rotating && logLength == 0))
          ? Optional.of(new Content(sequence, stdout, stderr))
          : Optional.empty();
    } catch (BufferUnderflowException e) {
      return Optional.empty(); // torn: the machine stopped
    }
  }

  private static int bounded(int length) {
    if (length < 0 || length > LineSplitter.LONGEST) {
      throw new BufferUnderflowException();
    }
    return length;
  }

  /** Writes the beginnings down, with one call. */
  void save(long logLength, Content content) throws IOException {
    save(logLength, content, false);
  }

  /** As {@link #save}, when the log of that length is about to go on in a new file. */
  void saveForRotation(long logLength, Content content) throws IOException {
    save(logLength, content, true);
  }

  private void save(long logLength, Content content, boolean rotating) throws IOException {
    int size = HEADER + content.stdout().length + content.stderr().length;
    ByteBuffer all = ByteBuffer.allocate(size);
    all.putLong(logLength).putInt(0).putLong(content.sequence()).put((byte) (rotating ? 1 : 0));
    all.putInt(content.stdout().length).putInt(content.stderr().length);
    all.put(content.stdout()).put(content.stderr());
    all.putInt(8, checksum(all.array(), size)).flip();
    FileChannel channel = open();
    while (all.hasRemaining()) {
      channel.write(all, all.position());
    }
  }

  private FileChannel open() throws IOException {
    if (file.isEmpty()) {
      file =
          Optional.of(
              FileChannel.open(
                  path,
                  Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-r-----"))));
    }
    return file.get();
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes, CHECKED_FROM, end - CHECKED_FROM);
    return (int) crc.getValue();
  }

  /** Lets go of the file for who takes the log up next. */
  void release() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  /** The log is complete: removes the file. */
  @Override
  public void close() throws IOException {
    release();
    Files.deleteIfExists(path);
  }
}
