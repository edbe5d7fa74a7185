package io.jdocker.runtime.stdio;

import io.jdocker.linux.failure.InvalidArgument;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of log options: {@code 10k} and {@code 10kb} are 10 000 bytes, {@code 10KiB} 10 240. */
final class LogSize {
  private static final Pattern SIZE =
      Pattern.compile("(\\d+(?:\\.\\d+)?) ?([kmgtp]?)(i?b?)", Pattern.CASE_INSENSITIVE);

  private static final int DECIMAL = 1000;
  private static final int BINARY = 1024;

  private LogSize() {}

  /**
   * Reads one.
   *
   * @throws InvalidArgument for what is none, or more than a long holds
   */
  static long parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidArgument("invalid size: '" + text + "'");
    }
    int power = " kmgtp".indexOf(matcher.group(2).isEmpty() ? " " : unit(matcher));
    boolean binary = matcher.group(3).toLowerCase(Locale.ROOT).startsWith("i");
    BigDecimal factor = BigDecimal.valueOf(binary ? BINARY : DECIMAL).pow(power);
    try {
      return new BigDecimal(matcher.group(1)).multiply(factor).toBigInteger().longValueExact();
    } catch (ArithmeticException e) {
      throw new InvalidArgument("invalid size: '" + text + "' is more than a file can be", e);
    }
  }

  private static String unit(Matcher matcher) {
    return matcher.group(2).toLowerCase(Locale.ROOT);
  }
}
