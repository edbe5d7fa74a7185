package io.jdocker.cli.option;

import java.util.Locale;

/** Checks and reads the values of flags, with the messages docker gives for wrong ones. */
public final class FlagValues {
  private static final String SIZE_UNITS = "kmgtp";
  private static final int UINT16_MAX = 0xffff;

  private FlagValues() {}

  /**
   * Refuses a value its flag cannot take.
   *
   * @throws IllegalArgumentException with the reason
   */
  static void check(FlagKind kind, String value) {
    switch (kind) {
      case BOOL -> parseBoolean(value);
      case INT -> parseInteger(value);
      case UINT, UINT16 -> parseUnsigned(kind, value);
      case BYTES -> parseBytes(value);
      case BYTES_OR_UNLIMITED -> parseBytesOrUnlimited(value);
      case DURATION -> GoDuration.parse(value);
      case DECIMAL -> parseNanoCpus(value);
      case FILTER -> checkFilter(value);
      case STRING, LIST, STRINGS, MAP, MOUNT, NETWORK, ULIMIT, GPUS -> {
        // Free text here: the verb knows what it means and says what is wrong with it.
      }
    }
  }

  /** The spellings strconv.ParseBool knows. */
  public static boolean parseBoolean(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw syntax("ParseBool", text);
    };
  }

  static long parseInteger(String text) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      if (text.matches("[-+]?\\d+")) {
        throw range("ParseInt", text);
      }
      throw syntax("ParseInt", text);
    }
  }

  /** Refuses what is no port number. */
  public static void checkUnsigned(String text) {
    parseUnsigned(FlagKind.UINT16, text);
  }

  private static void parseUnsigned(FlagKind kind, String text) {
    long value;
    try {
      value = Long.decode(text);
    } catch (NumberFormatException e) {
      throw syntax("ParseUint", text);
    }
    if (value < 0) {
      throw syntax("ParseUint", text);
    }
    if (kind == FlagKind.UINT16 && value > UINT16_MAX) {
      throw range("ParseUint", text);
    }
  }

  private static IllegalArgumentException range(String function, String text) {
    return new IllegalArgumentException(
        "strconv." + function + ": parsing \"" + text + "\": value out of range");
  }

  private static IllegalArgumentException syntax(String function, String text) {
    return new IllegalArgumentException(
        "strconv." + function + ": parsing \"" + text + "\": invalid syntax");
  }

  /** A size, or -1 for no limit. */
  public static long parseBytesOrUnlimited(String text) {
    return text.equals("-1") ? -1 : parseBytes(text);
  }

  /** A size with binary units: {@code 512}, {@code 64m}, {@code 1.5GiB}. */
  public static long parseBytes(String text) {
    int end = text.length();
    while (end > 0 && !isNumeral(text.charAt(end - 1))) {
      end--;
    }
    String suffix = text.substring(end).strip().toLowerCase(Locale.ROOT);
    if (end == 0 || text.startsWith("-")) {
      throw invalidSize(text);
    }
    try {
      double bytes = Double.parseDouble(text.substring(0, end)) * multiplier(suffix);
      // What is too large is no size that the daemon accepts; Java's largest one would be.
      return bytes >= Long.MAX_VALUE ? Long.MIN_VALUE : (long) bytes;
    } catch (NumberFormatException e) {
      throw syntax("ParseFloat", text.substring(0, end));
    }
  }

  private static boolean isNumeral(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static double multiplier(String suffix) {
    if (suffix.isEmpty() || suffix.equals("b")) {
      return 1;
    }
    int power = SIZE_UNITS.indexOf(suffix.charAt(0)) + 1;
    String rest = suffix.substring(1);
    if (power == 0 || !(rest.isEmpty() || rest.equals("b") || rest.equals("ib"))) {
      throw new IllegalArgumentException("invalid suffix: '" + suffix + "'");
    }
    return Math.pow(1024, power);
  }

  private static IllegalArgumentException invalidSize(String text) {
    return new IllegalArgumentException("invalid size: '" + text + "'");
  }

  /** {@code --cpus 1.5} in billionths of a processor; a fraction such as {@code 3/2} is allowed. */
  public static long parseNanoCpus(String text) {
    int slash = text.indexOf('/');
    try {
      java.math.BigDecimal value =
          slash < 0
              ? new java.math.BigDecimal(text)
              : new java.math.BigDecimal(text.substring(0, slash))
                  .divide(
                      new java.math.BigDecimal(text.substring(slash + 1)),
                      java.math.MathContext.DECIMAL64);
      return value.movePointRight(9).toBigIntegerExact().longValueExact();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("failed to parse " + text + " as a rational number", e);
    } catch (ArithmeticException e) {
      if (slash >= 0 && text.substring(slash + 1).matches("0+")) {
        throw new IllegalArgumentException("failed to parse " + text + " as a rational number", e);
      }
      throw new IllegalArgumentException("value is too precise", e);
    }
  }

  private static void checkFilter(String text) {
    if (text.indexOf('=') < 0) {
      throw new IllegalArgumentException("bad format of filter (expected name=value)");
    }
  }
}
