package io.jdocker.compose.variable;

import java.util.Map;
import java.util.Set;

/** One text with its variables filled in. */
final class Expansion {
  /** A dollar sign that begins nothing. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** {@code ${X:?why}} without an X. */
  static final class Required extends Exception {
    private static final long serialVersionUID = 1L;

    Required(String message) {
      super(message);
    }
  }

  private final String text;
  private final Map<String, String> variables;
  private final Set<String> unset;
  private int at;

  Expansion(String text, Map<String, String> variables, Set<String> unset) {
    this.text = text;
    this.variables = variables;
    this.unset = unset;
  }

  String all() throws Malformed, Required {
    StringBuilder filled = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '$') {
        filled.append(c);
        continue;
      }
      char next = at < text.length() ? text.charAt(at) : ' ';
      if (next == '$') {
        at++;
        filled.append('$');
      } else if (next == '{') {
        at++;
        filled.append(braced());
      } else if (isNameStart(next)) {
        filled.append(plain(name()));
      } else {
        throw new Malformed();
      }
    }
    return filled.toString();
  }

  private String plain(String name) {
    if (!variables.containsKey(name)) {
      unset.add(name);
      return "";
    }
    return variables.get(name);
  }

  /** After the opening brace, up to and with the closing one. */
  private String braced() throws Malformed, Required {
    String name = name();
    if (name.isEmpty() || at == text.length()) {
      throw new Malformed();
    }
    if (text.charAt(at) == '}') {
      at++;
      return plain(name);
    }
    boolean emptyCounts = text.charAt(at) == ':';
    at += emptyCounts ? 1 : 0;
    char operator = at < text.length() ? text.charAt(at++) : ' ';
    int begin = at;
    at = closingBrace();
    String word = text.substring(begin, at++);
    String value = variables.get(name);
    boolean isThere = value != null && !(emptyCounts && value.isEmpty());
    return switch (operator) {
      case '-' -> isThere ? value : nested(word);
      case '+' -> isThere ? nested(word) : "";
      case '?' -> {
        if (!isThere) {
          String why = nested(word);
          throw new Required(
              "required variable "
                  + name
                  + " is missing a value"
                  + (why.isEmpty() ? "" : ": " + why));
        }
        yield value;
      }
      default -> throw new Malformed();
    };
  }

  private String nested(String word) throws Malformed, Required {
    return word.indexOf('$') < 0 ? word : new Expansion(word, variables, unset).all();
  }

  /** The brace that closes the one before, with those of nested variables passed over. */
  private int closingBrace() throws Malformed {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      if (text.startsWith("${", i)) {
        depth++;
      } else if (text.charAt(i) == '}') {
        if (depth == 0) {
          return i;
        }
        depth--;
      }
    }
    throw new Malformed();
  }

  private String name() {
    int begin = at;
    while (at < text.length()
        && (at == begin ? isNameStart(text.charAt(at)) : isNamePart(text.charAt(at)))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }
}
