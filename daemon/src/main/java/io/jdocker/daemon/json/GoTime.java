package io.jdocker.daemon.json;

import java.time.Instant;

/** Points in time in Go's manner: RFC 3339 in UTC, the fraction without zeros at its end. */
public final class GoTime {
  /** "Never": the zero value of Go's time.Time. */
  public static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

  private GoTime() {}

  /** For example {@code 2026-01-02T15:04:05.12Z}. */
  public static String format(Instant time) {
    // Java writes a fraction of 3, 6 or 9 digits; Go drops the zeros at its end.
    String text = time.toString();
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length() - 1;
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }
}
