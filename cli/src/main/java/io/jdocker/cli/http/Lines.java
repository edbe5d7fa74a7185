package io.jdocker.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Lines of an HTTP head. */
final class Lines {
  private static final int LONGEST = 64 * 1024;

  private Lines() {}

  /** Reads to the next line feed; the carriage return before it is dropped. */
  static String read(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("connection closed by the daemon");
      }
      if (line.length() == LONGEST) {
        throw new IOException("line of an HTTP head is longer than " + LONGEST + " bytes");
      }
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }
}
