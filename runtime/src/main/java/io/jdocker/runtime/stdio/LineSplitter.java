package io.jdocker.runtime.stdio;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts one output stream into the pieces that are log records: lines, and the parts of lines longer
 * than 16 KiB. The beginning of an unfinished line waits here. One thread at a time.
 */
final class LineSplitter {
  /** The most bytes of a record, as in Docker. */
  static final int LONGEST = 16 * 1024;

  /** Takes one piece; the bytes are valid during the call only. */
  @FunctionalInterface
  interface Piece {
    /**
     * Takes a line, or a part of one.
     *
     * @param terminated true when a newline (not among the bytes) ended the line
     * @param time when the line's first piece was seen: all its pieces carry the same
     */
    void accept(byte[] bytes, int offset, int length, boolean terminated, Instant time);
  }

  private byte[] pending = new byte[0];
  private int pendingLength;
  private Optional<Instant> lineTime = Optional.empty();

  /** Adds output seen at the given time. */
  void add(byte[] bytes, int offset, int length, Instant now, Piece piece) {
    int end = offset + length;
    int start = offset;
    while (start < end) {
      int limit = Math.min(end, start + LONGEST - pendingLength);
      int newline = indexOfNewline(bytes, start, limit);
      if (newline >= 0) {
        finishLine(bytes, start, newline - start, now, piece);
        start = newline + 1;
      } else {
        hold(bytes, start, limit - start);
        start = limit;
        if (pendingLength == LONGEST) {
          emitPart(now, piece);
        }
      }
    }
  }

  /** Gives out an unfinished line as it is. */
  void flush(Instant now, Piece piece) {
    if (pendingLength > 0) {
      piece.accept(pending, 0, pendingLength, false, lineTime.orElse(now));
    }
    forget();
    lineTime = Optional.empty();
  }

  /** Begins with what an earlier engine had seen of a line. */
  void restore(byte[] beginning) {
    pending = beginning.clone();
    pendingLength = beginning.length;
  }

  /** The bytes that wait for the end of their line. */
  byte[] unfinished() {
    return Arrays.copyOf(pending, pendingLength);
  }

  private void finishLine(byte[] bytes, int offset, int length, Instant now, Piece piece) {
    Instant time = lineTime.orElse(now);
    if (pendingLength == 0) {
      piece.accept(bytes, offset, length, true, time);
    } else {
      hold(bytes, offset, length);
      piece.accept(pending, 0, pendingLength, true, time);
      forget();
    }
    lineTime = Optional.empty();
  }

  private void emitPart(Instant now, Piece piece) {
    Instant time = lineTime.orElse(now);
    lineTime = Optional.of(time);
    int cut = lastCharacterBoundary();
    piece.accept(pending, 0, cut, false, time);
    System.arraycopy(pending, cut, pending, 0, pendingLength - cut);
    pendingLength -= cut;
  }

  /** Before a UTF-8 sequence that the cut would tear: its halves would both become U+FFFD. */
  private int lastCharacterBoundary() {
    for (int back = 1; back <= 3; back++) {
      int unit = pending[pendingLength - back] & 0xff;
      if (unit < 0x80) {
        break;
      }
      if (unit >= 0xc0) {
        int size = unit >= 0xf0 ? 4 : unit >= 0xe0 ? 3 : 2;
        return size > back ? pendingLength - back : pendingLength;
      }
    }
    return pendingLength;
  }

  private void hold(byte[] bytes, int offset, int length) {
    int needed = pendingLength + length;
    if (needed > pending.length) {
      pending = Arrays.copyOf(pending, Math.min(LONGEST, Math.max(needed, 2 * pending.length)));
    }
    System.arraycopy(bytes, offset, pending, pendingLength, length);
    pendingLength = needed;
  }

  /** A container between two lines holds no memory. */
  private void forget() {
    pending = new byte[0];
    pendingLength = 0;
  }

  private static int indexOfNewline(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
