package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Finds where the last lines of a log begin, by reading it backwards. One thread at a time. */
final class LogTail {
  private static final int BLOCK = 64 * 1024;

  private final FileChannel file;
  private final long size;
  private final Deque<byte[]> records = new ArrayDeque<>();
  private byte[] beginning = new byte[0];
  private long position;

  private LogTail(FileChannel file) throws IOException {
    this.file = file;
    this.size = file.size();
    this.position = size;
  }

  /**
   * Where lines begin.
   *
   * @param lines how many there are from there to the end, at most as many as wanted
   * @param isEnough there are more before them: the last lines begin here
   */
  record Found(long position, long lines, boolean isEnough) {}

  /**
   * The position of the record that begins the last lines; 0 where the log has no more than those.
   * A line in several records counts once. Lines of both streams count, as in Docker.
   */
  static long start(FileChannel file, long lines) throws IOException {
    return find(file, lines, true).position();
  }

  /**
   * As {@link #start}, in one of several files.
   *
   * @param newest no later file goes on with its last line
   */
  static Found find(FileChannel file, long lines, boolean newest) throws IOException {
    return new LogTail(file).find(lines, newest);
  }

  private Found find(long lines, boolean newest) throws IOException {
    long start = size - skipUnfinished();
    long found = 0;
    boolean last = newest;
    for (byte[] record = previous(); record.length > 0; record = previous()) {
      // The very last record is a line even when unfinished; another one only continues a line.
      if (last || endsLine(record)) {
        if (found == lines) {
          return new Found(start, found, true);
        }
        found++;
      }
      last = false;
      start -= record.length;
    }
    return new Found(0, found, false);
  }

  private static boolean endsLine(byte[] record) {
    // A broken record counts as a line: it stands where one was.
    return LogRecord.parse(record).map(LogRecord::endsLine).orElse(true);
  }

  /** The length of a torn record at the end, which is no line. */
  private int skipUnfinished() throws IOException {
    byte[] last = previous();
    if (last.length == 0 || last[last.length - 1] != '\n') {
      return last.length;
    }
    records.addFirst(last);
    return 0;
  }

  /** The record before, with its newline; no bytes at the beginning of the file. */
  private byte[] previous() throws IOException {
    while (records.isEmpty() && position > 0) {
      readBlock();
    }
    if (!records.isEmpty()) {
      return records.removeFirst();
    }
    byte[] first = beginning;
    beginning = new byte[0];
    return first;
  }

  /** Reads the block before the position, and queues its records, last first. */
  private void readBlock() throws IOException {
    long start = Math.max(0, position - BLOCK);
    ByteBuffer block = ByteBuffer.allocate((int) (position - start) + beginning.length);
    block.limit((int) (position - start));
    while (block.hasRemaining() && file.read(block, start + block.position()) > 0) {
      // read(2) may give less than asked
    }
    block.limit(block.position() + beginning.length);
    block.put(beginning);
    position = start;
    byte[] bytes = block.array();
    int end = block.position();
    for (int i = end - 2; i >= 0; i--) {
      if (bytes[i] == '\n') {
        records.addLast(Arrays.copyOfRange(bytes, i + 1, end));
        end = i + 1;
      }
    }
    beginning = Arrays.copyOf(bytes, end);
  }
}
