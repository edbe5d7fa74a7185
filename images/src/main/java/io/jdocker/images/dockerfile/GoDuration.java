package io.jdocker.images.dockerfile;

import io.jdocker.linux.failure.InvalidArgument;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as Go writes it: {@code 30s}, {@code 1h30m}, {@code 1.5s}, {@code 300ms}, {@code 0}.
 */
final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");

  private GoDuration() {}

  /** Nanoseconds. */
  static long parse(String text) {
    if (text.equals("0")) {
      return 0;
    }
    Matcher part = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int at = 0;
    while (part.find() && part.start() == at) {
      sum =
          sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
      at = part.end();
    }
    if (at == 0 || at != text.length() || sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new InvalidArgument("time: invalid duration \"" + text + "\"");
    }
    return sum.longValue();
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1L;
      case "us", "µs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }
}
