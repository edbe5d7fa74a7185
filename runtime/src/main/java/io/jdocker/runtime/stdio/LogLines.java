package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a file that may grow, shrink and end in the middle of a line meanwhile. Only whole
 * lines are given out; the beginning of one is read again later, as whoever writes the log may have
 * cut it off. One thread at a time.
 */
final class LogLines {
  private static final int BLOCK = 64 * 1024;

  /** Longer than any record: 16 KiB of text, six bytes for each, and attributes. */
  private static final int LONGEST = 4 * 1024 * 1024;

  private final FileChannel file;
  private final long limit;
  private byte[] block = new byte[BLOCK];
  private long blockStart;
  private int from;
  private int to;

  /**
   * Reads from a position that begins a line.
   *
   * @param limit what lies behind this position is not looked at
   */
  LogLines(FileChannel file, long start, long limit) {
    this.file = file;
    this.blockStart = start;
    this.limit = limit;
  }

  /** The next line without its newline; empty where the file has no whole one more. */
  Optional<byte[]> next() throws IOException {
    int searched = from;
    while (to - from < LONGEST) {
      for (int i = searched; i < to; i++) {
        if (block[i] == '\n') {
          byte[] line = Arrays.copyOfRange(block, from, i);
          from = i + 1;
          return Optional.of(line);
        }
      }
      int unfinished = to - from;
      if (!fill()) {
        to = from; // what is unfinished is read again
        return Optional.empty();
      }
      searched = from + unfinished;
    }
    byte[] noRecord =
        Arrays.copyOfRange(block, from, to); // rubbish, in pieces, for the caller to skip
    from = to;
    return Optional.of(noRecord);
  }

  /** True when a whole line is in memory already. */
  boolean isReady() {
    for (int i = from; i < to; i++) {
      if (block[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  private boolean fill() throws IOException {
    makeRoom();
    long position = blockStart + to;
    long wanted = Math.min(block.length - to, limit - position);
    if (wanted <= 0) {
      return false;
    }
    int count = file.read(ByteBuffer.wrap(block, to, (int) wanted), position);
    if (count > 0) {
      to += count;
      return true;
    }
    if (file.size() < blockStart + from) { // somebody emptied it: begin again
      blockStart = 0;
      from = 0;
      to = 0;
    }
    return false;
  }

  private void makeRoom() {
    if (from > 0) {
      System.arraycopy(block, from, block, 0, to - from);
      blockStart += from;
      to -= from;
      from = 0;
    }
    if (to == block.length) {
      block = Arrays.copyOf(block, 2 * block.length);
    }
  }
}
