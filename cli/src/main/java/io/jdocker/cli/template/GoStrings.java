package io.jdocker.cli.template;

/** String literals as Go writes them. */
public final class GoStrings {
  private GoStrings() {}

  /** The value of a literal in double quotes, single quotes or backquotes. */
  static String unquote(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    if (literal.charAt(0) == '`') {
      return inner;
    }
    StringBuilder value = new StringBuilder(inner.length());
    int at = 0;
    while (at < inner.length()) {
      char c = inner.charAt(at++);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char escape = inner.charAt(at++);
      int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
      if (digits > 0) {
        if (at + digits > inner.length()) {
          throw new TemplateException("template: :1: invalid syntax in " + literal);
        }
        value.appendCodePoint(Integer.parseInt(inner.substring(at, at + digits), 16));
        at += digits;
      } else {
        value.append(plainEscape(escape));
      }
    }
    return value.toString();
  }

  private static char plainEscape(char escape) {
    return switch (escape) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'v' -> 11;
      case '0' -> 0;
      default -> escape;
    };
  }

  /** The text in double quotes with Go's escapes: {@code %q}. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (c < ' ') {
            quoted.append("\\x").append(Character.forDigit(c >> 4, 16));
            quoted.append(Character.forDigit(c & 15, 16));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
