package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes {@code %2F} in paths and queries (RFC 3986), as UTF-8. */
final class PercentCoding {
  private PercentCoding() {}

  /** Decodes part of a path, where a plus sign is itself. */
  static String path(String text) {
    return text.indexOf('%') < 0 ? text : decode(text, false);
  }

  /** Decodes a name or value of a query, where a plus sign is a blank. */
  static String query(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : decode(text, true);
  }

  private static String decode(String text, boolean plusIsBlank) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        decoded.write(digit(raw, i + 1, text) << 4 | digit(raw, i + 2, text));
        i += 2;
      } else if (raw[i] == '+' && plusIsBlank) {
        decoded.write(' ');
      } else {
        decoded.write(raw[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static int digit(byte[] raw, int at, String text) {
    int value = at < raw.length ? Character.digit(raw[at], 16) : -1;
    if (value < 0) {
      throw new InvalidArgument("invalid URL escape in \"" + text + "\"");
    }
    return value;
  }
}
