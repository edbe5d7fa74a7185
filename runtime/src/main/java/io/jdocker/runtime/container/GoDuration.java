package io.jdocker.runtime.container;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations in the words of Go's programs: {@code 1m30s}, {@code 1.5s}, {@code 300ms}. */
final class GoDuration {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private GoDuration() {}

  static String format(Duration time) {
    long nanos = time.toNanos();
    if (nanos == 0) {
      return "0s";
    } else if (nanos < MICRO) {
      return nanos + "ns";
    } else if (nanos < MILLI) {
      return parts(nanos, MICRO) + "\u00b5s";
    } else if (nanos < SECOND) {
      return parts(nanos, MILLI) + "ms";
    }
    String hours = time.toHours() == 0 ? "" : time.toHours() + "h";
    String minutes = time.toMinutes() == 0 ? "" : time.toMinutesPart() + "m";
    return hours + minutes + parts(nanos % (60 * SECOND), SECOND) + "s";
  }

  private static String parts(long nanos, long unit) {
    BigDecimal parts = BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit));
    return parts.stripTrailingZeros().toPlainString();
  }
}
