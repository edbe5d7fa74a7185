package io.jdocker.cli.option;

/** Go's durations: {@code 1h30m}, {@code 300ms}, {@code -1.5h}. Values are nanoseconds. */
public final class GoDuration {
  private static final long MICROSECOND = 1_000L;
  private static final long MILLISECOND = 1_000 * MICROSECOND;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private GoDuration() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException with Go's message when it is none
   */
  public static long parse(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    if (at == text.length()) {
      throw invalid(text);
    }
    double total = 0;
    while (at < text.length()) {
      int start = at;
      at = skipNumber(text, at);
      double amount = number(text, start, at);
      int unitStart = at;
      while (at < text.length() && !isNumeral(text.charAt(at))) {
        at++;
      }
      total += amount * unit(text, text.substring(unitStart, at));
    }
    if (total > Long.MAX_VALUE) {
      throw invalid(text);
    }
    long nanoseconds = Math.round(total);
    return negative ? -nanoseconds : nanoseconds;
  }

  private static int skipNumber(String text, int from) {
    int at = from;
    while (at < text.length() && isNumeral(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isNumeral(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static double number(String text, int start, int end) {
    try {
      return Double.parseDouble(text.substring(start, end));
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
  }

  private static long unit(String text, String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> MICROSECOND;
      case "ms" -> MILLISECOND;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      case "" ->
          throw new IllegalArgumentException("time: missing unit in duration \"" + text + "\"");
      default ->
          throw new IllegalArgumentException(
              "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
    };
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration \"" + text + "\"");
  }
}
