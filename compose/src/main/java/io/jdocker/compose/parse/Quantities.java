package io.jdocker.compose.parse;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as the specification writes them. */
final class Quantities {
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgtp]?)i?(b?)");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|µs|ms|ns|[dhms])");

  private Quantities() {}

  /** Bytes; units are powers of 1024; {@code -1} is itself. */
  static long bytes(String text) {
    if (text.equals("-1")) {
      return -1;
    }
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    int power = "kmgtp".indexOf(matcher.group(2)) + 1;
    long unit = matcher.group(2).isEmpty() ? 1 : 1L << (10 * power);
    return whole(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)), text);
  }

  /** A Go duration, days too; a bare number is seconds. */
  static Duration duration(String text) {
    if (text.matches("\\d+")) {
      return duration(text + "s");
    }
    Matcher part = PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (part.find() && part.start() == at) {
      nanos =
          nanos.add(
              new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
      at = part.end();
    }
    if (at == 0 || at != text.length()) {
      throw new IllegalArgumentException(text);
    }
    return Duration.ofNanos(whole(nanos, text));
  }

  /** Without its fraction; what is beyond 64 bits must not come round as something small. */
  private static long whole(BigDecimal number, String text) {
    if (number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(text);
    }
    return number.longValue();
  }

  private static long unit(String word) {
    return switch (word) {
      case "d" -> Duration.ofDays(1).toNanos();
      case "h" -> Duration.ofHours(1).toNanos();
      case "m" -> Duration.ofMinutes(1).toNanos();
      case "s" -> Duration.ofSeconds(1).toNanos();
      case "ms" -> 1_000_000;
      case "ns" -> 1;
      default -> 1_000;
    };
  }
}
