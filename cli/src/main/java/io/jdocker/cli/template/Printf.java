package io.jdocker.cli.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.StringJoiner;

/** Go's fmt.Sprintf for the values a template has. */
final class Printf {
  private final String format;
  private final List<Object> arguments;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int used;

  private Printf(String format, List<Object> arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  static String format(String format, List<Object> arguments) {
    Printf printf = new Printf(format, arguments);
    printf.run();
    return printf.out.toString();
  }

  private void run() {
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else if (at == format.length()) {
        out.append("%!(NOVERB)");
      } else {
        directive();
      }
    }
    if (used < arguments.size()) {
      out.append("%!(EXTRA ");
      String separator = "";
      for (Object extra : arguments.subList(used, arguments.size())) {
        out.append(separator).append(GoPrinter.type(extra)).append('=');
        out.append(GoPrinter.nested(extra));
        separator = ", ";
      }
      out.append(')');
    }
  }

  private void directive() {
    StringBuilder flags = new StringBuilder();
    while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
      flags.append(format.charAt(at++));
    }
    int width = number();
    int precision = -1;
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      precision = Math.max(number(), 0);
    }
    if (at == format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    char verb = format.charAt(at++);
    if (verb == '%') {
      out.append('%');
    } else if (used == arguments.size()) {
      out.append("%!").append(verb).append("(MISSING)");
    } else {
      Object value = arguments.get(used++);
      padded(text(verb, value, precision, flags), width, flags, value);
    }
  }

  private int number() {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      return used < arguments.size() && arguments.get(used++) instanceof Long width
          ? Math.toIntExact(width)
          : -1;
    }
    int start = at;
    while (at < format.length() && Character.isDigit(format.charAt(at))) {
      at++;
    }
    return at == start ? -1 : Integer.parseInt(format.substring(start, at));
  }

  private void padded(String text, int width, StringBuilder flags, Object value) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      out.append(text);
    } else if (flags.indexOf("-") >= 0) {
      out.append(text).append(" ".repeat(missing));
    } else if (flags.indexOf("0") >= 0 && value instanceof Number) {
      int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
      out.append(text, 0, sign).append("0".repeat(missing)).append(text.substring(sign));
    } else {
      out.append(" ".repeat(missing)).append(text);
    }
  }

  private static String text(char verb, Object value, int precision, StringBuilder flags) {
    return switch (verb) {
      case 'v' -> GoPrinter.nested(value);
      case 's' ->
          value instanceof Number || value instanceof Boolean || value == null
              ? bad(verb, value)
              : cut(GoPrinter.nested(value), precision);
      case 'q' -> quoted(value);
      case 'U' ->
          value instanceof Long point
              ? String.format(java.util.Locale.ROOT, "U+%04X", point)
              : bad(verb, value);
      case 't' -> value instanceof Boolean ? value.toString() : bad(verb, value);
      case 'T' -> GoPrinter.type(value);
      case 'f', 'F', 'e', 'g' -> decimal(verb, value, precision);
      case 'd', 'b', 'o', 'x', 'X', 'c' -> whole(verb, value, flags);
      default -> bad(verb, value);
    };
  }

  /** A list's elements one by one; a number is a character. */
  private static String quoted(Object value) {
    if (value instanceof String text) {
      return GoStrings.quote(text);
    }
    if (value instanceof Long point) {
      return "'" + Character.toString(point.intValue()) + "'";
    }
    if (value instanceof List<?> list) {
      StringJoiner elements = new StringJoiner(" ", "[", "]");
      list.forEach(element -> elements.add(quoted(element)));
      return elements.toString();
    }
    return bad('q', value);
  }

  private static String cut(String text, int precision) {
    return precision < 0 || text.codePointCount(0, text.length()) <= precision
        ? text
        : text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private static String decimal(char verb, Object value, int precision) {
    if (!(value instanceof Double number)) {
      return bad(verb, value);
    }
    if (verb == 'g' && precision < 0) {
      return GoPrinter.number(number);
    }
    int digits = precision < 0 ? 6 : precision;
    if (verb == 'e') {
      return String.format(java.util.Locale.ROOT, "%." + digits + "e", number);
    }
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String whole(char verb, Object value, StringBuilder flags) {
    if (value instanceof String text && (verb == 'x' || verb == 'X')) {
      String separator = flags.indexOf(" ") >= 0 ? " " : "";
      String hex =
          java.util.HexFormat.ofDelimiter(separator)
              .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return verb == 'x' ? hex : hex.toUpperCase(java.util.Locale.ROOT);
    }
    if (!(value instanceof Long || value instanceof BigInteger)) {
      return bad(verb, value);
    }
    BigInteger number = new BigInteger(value.toString());
    if (verb == 'c') {
      return Character.toString(number.intValue());
    }
    boolean isSharp = flags.indexOf("#") >= 0;
    String sign = number.signum() < 0 ? "-" : flags.indexOf("+") >= 0 ? "+" : blank(flags);
    BigInteger amount = number.abs();
    return switch (verb) {
      case 'b' -> sign + (isSharp ? "0b" : "") + amount.toString(2);
      case 'o' -> sign + (isSharp ? "0" : "") + amount.toString(8);
      case 'x' -> sign + (isSharp ? "0x" : "") + amount.toString(16);
      case 'X' ->
          sign + (isSharp ? "0X" : "") + amount.toString(16).toUpperCase(java.util.Locale.ROOT);
      default -> sign + amount;
    };
  }

  private static String blank(StringBuilder flags) {
    return flags.indexOf(" ") >= 0 ? " " : "";
  }

  private static String bad(char verb, Object value) {
    return value == null
        ? "%!" + verb + "(<nil>)"
        : "%!" + verb + "(" + GoPrinter.type(value) + "=" + GoPrinter.nested(value) + ")";
  }
}
