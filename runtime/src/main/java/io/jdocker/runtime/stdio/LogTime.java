package io.jdocker.runtime.stdio;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** A moment in Go's two forms of RFC 3339, in UTC. */
final class LogTime {
  private static final DateTimeFormatter NANO = withFraction(0, 9);
  private static final DateTimeFormatter FIXED = withFraction(9, 9);

  private LogTime() {}

  /** As in a log file: {@code 2026-01-02T15:04:05.12Z}, without trailing zeros. */
  static String rfc3339Nano(Instant time) {
    return NANO.format(time);
  }

  /** As {@code docker logs -t} shows it: {@code 2026-01-02T15:04:05.120000000Z}. */
  static String fixedWidth(Instant time) {
    return FIXED.format(time);
  }

  private static DateTimeFormatter withFraction(int least, int most) {
    return new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, least, most, true)
        .appendLiteral('Z')
        .toFormatter()
        .withZone(ZoneOffset.UTC);
  }
}
