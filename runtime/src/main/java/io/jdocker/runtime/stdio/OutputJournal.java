package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

/**
 * The memory that output is read into, shared with a file: what is in it outlives the engine. For
 * what read(2) has taken from a pipe is nowhere else until it is in the log, and would be lost with
 * an engine that is killed in between. The pages belong to the kernel, so the usual case costs a
 * few stores and no system call. One thread.
 *
 * <pre>
 * offset 0     state: 0 nothing under way, 1 output is being read or logged
 *        4     stream
 *        8     length of the log before this output
 *       16     sequence number of this output
 *       24     count of bytes read; 0 while the kernel reads
 *       28     length of the log's path, then the path
 *     4088     inode of the log's file
 *     4096     the output, zeroes behind it
 * </pre>
 */
final class OutputJournal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OutputJournal.class.getName());
  private static final int STREAM = 4;
  private static final int LENGTH = 8;
  private static final int SEQUENCE = 16;
  private static final int COUNT = 24;
  private static final int PATH_LENGTH = 28;
  private static final int PATH = 32;
  private static final int INODE = 4088;
  private static final int DATA = 4096;
  private static final int SIZE = DATA + ReadBuffer.SIZE;
  private static final byte[] ZEROES = new byte[ReadBuffer.SIZE];
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  private final Kernel kernel;
  private final long address;

  private OutputJournal(Kernel kernel, long address) {
    this.kernel = kernel;
    this.address = address;
  }

  /** Makes the file anew, empty, and maps it. */
  static OutputJournal open(Kernel kernel, Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    // Every block is written: a store into a hole that a full disk has no room for is a SIGBUS.
    Files.write(file, new byte[SIZE]);
    try (Fd fd = kernel.files().open(file.toString(), OpenFlags.O_RDWR, 0)) {
      long mapped =
          kernel.call(
              () -> file + ", MAP_SHARED",
              Sys.MMAP,
              0,
              SIZE,
              PROT_READ_WRITE,
              MAP_SHARED,
              fd.number(),
              0);
      return new OutputJournal(kernel, mapped);
    }
  }

  /** Where read(2) is to put the output. */
  long data() {
    return address + DATA;
  }

  /** The next bytes in {@link #data} are for there. */
  void begin(int stream, LogPosition position) {
    byte[] path = position.log().toString().getBytes(StandardCharsets.UTF_8);
    if (path.length > INODE - PATH) {
      return; // not a path that open(2) takes, either
    }
    NativeArena.putInt(address + STREAM, stream);
    NativeArena.putLong(address + LENGTH, position.length());
    NativeArena.putLong(address + SEQUENCE, position.sequence());
    NativeArena.putLong(address + INODE, position.inode());
    NativeArena.putInt(address + COUNT, 0);
    NativeArena.putInt(address + PATH_LENGTH, path.length);
    NativeArena.putBytes(address + PATH, path, 0, path.length);
    NativeArena.putInt(address, 1);
  }

  /** So many were read. */
  void filled(int count) {
    NativeArena.putInt(address + COUNT, count);
  }

  /** They are in the log. */
  void done(int count) {
    NativeArena.putInt(address, 0);
    NativeArena.putBytes(address + DATA, ZEROES, 0, count);
  }

  @Override
  public void close() {
    kernel.call(() -> "output journal", Sys.MUNMAP, address, SIZE);
  }

  /**
   * At the start of an engine: brings into its log what the one before had read and not logged.
   *
   * @param logs the folder below which logs are; a damaged journal names no other file
   */
  static void redo(Path file, Path logs, Clock clock) {
    try {
      byte[] content = Files.readAllBytes(file);
      ByteBuffer journal = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
      if (content.length == SIZE && journal.getInt(0) == 1) {
        redo(journal, logs, clock);
      }
    } catch (NoSuchFileException firstStart) {
      return;
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot take up the output in {0}, it is lost: {1}",
          file,
          e.toString());
    }
  }

  private static void redo(ByteBuffer journal, Path logs, Clock clock) throws IOException {
    byte[] output = output(journal);
    byte[] path = new byte[Math.min(INODE - PATH, Math.max(0, journal.getInt(PATH_LENGTH)))];
    journal.get(PATH, path);
    Path log = Path.of(new String(path, StandardCharsets.UTF_8)).normalize();
    // A container that was removed meanwhile has no folder, and no use for its output.
    if (output.length > 0 && log.startsWith(logs) && Files.isDirectory(log.getParent())) {
      JsonFileLog.redo(
          new LogPosition(
              log, journal.getLong(LENGTH), journal.getLong(SEQUENCE), journal.getLong(INODE)),
          clock,
          journal.getInt(STREAM),
          output);
    }
  }

  /** Killed within read(2), only the zeroes behind them tell how many bytes came. */
  private static byte[] output(ByteBuffer journal) {
    int count = Math.min(ReadBuffer.SIZE, Math.max(0, journal.getInt(COUNT)));
    if (count == 0) {
      count = ReadBuffer.SIZE;
      while (count > 0 && journal.get(DATA + count - 1) == 0) {
        count--;
      }
    }
    byte[] output = new byte[count];
    journal.get(DATA, output);
    return output;
  }
}
