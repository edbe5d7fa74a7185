package io.jdocker.cli.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Sizes in bytes for people: {@code 4.26MB} (powers of 1000) and {@code 7.5GiB} (of 1024). */
public final class HumanSize {
  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
  private static final String[] BINARY = {
    "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"
  };

  private HumanSize() {}

  /** Powers of 1000 with three significant digits, as in {@code docker images}. */
  public static String of(long bytes) {
    return of(bytes, 3);
  }

  /** Powers of 1000 with the given number of significant digits. */
  public static String of(long bytes, int digits) {
    return scaled(bytes, 1000, digits, DECIMAL);
  }

  /** Powers of 1024 with four significant digits, as in {@code docker info}. */
  public static String binary(long bytes) {
    return scaled(bytes, 1024, 4, BINARY);
  }

  private static String scaled(long bytes, int base, int digits, String[] units) {
    double amount = bytes;
    int unit = 0;
    while (amount >= base && unit < units.length - 1) {
      amount /= base;
      unit++;
    }
    return significant(amount, digits) + units[unit];
  }

  /**
   * Go's {@code %.Ng}: significant digits without trailing zeros, an exponent when they overflow.
   */
  private static String significant(double amount, int digits) {
    BigDecimal rounded =
        new BigDecimal(amount).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (rounded.signum() == 0) {
      return "0";
    }
    BigDecimal plain = rounded.stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    if (exponent < digits) {
      return plain.toPlainString();
    }
    String mantissa = plain.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return mantissa + "e+" + (exponent < 10 ? "0" : "") + exponent;
  }
}
