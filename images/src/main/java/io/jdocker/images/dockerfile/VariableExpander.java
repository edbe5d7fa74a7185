package io.jdocker.images.dockerfile;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces variables in a word of a Dockerfile and takes its quotes off, as a shell would: {@code
 * $v ${v} ${v:-w} ${v:+w} ${v:?w}} (each also without the colon: then an empty variable counts as
 * set), {@code ${v#p} ${v##p} ${v%p} ${v%%p} ${v/p/r} ${v//p/r}}. Words in braces may hold
 * variables. Within single quotes nothing is replaced.
 */
public final class VariableExpander {
  private final char escape;
  private final Function<String, Optional<String>> variables;

  /**
   * @param variables asked by name; empty for one that is not set
   */
  public VariableExpander(char escape, Function<String, Optional<String>> variables) {
    this.escape = escape;
    this.variables = variables;
  }

  /**
   * Expands one word.
   *
   * @throws InvalidArgument when a brace or quote is not closed, or {@code ?} asks for the error
   */
  public String expand(String word) {
    return new Run(word).word(true, '\0');
  }

  /** As {@link #expand}, but quotes and escapes before other characters stay: a heredoc's text. */
  public String expandKeepingQuotes(String text) {
    return new Run(text).word(false, '\0');
  }

  /** One pass over a text. */
  private final class Run {
    private final String text;
    private int at;

    Run(String text) {
      this.text = text;
    }

    /**
     * @param end an unquoted character that ends the word; NUL: the end of the text
     */
    String word(boolean unquote, char end) {
      StringBuilder result = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at);
        if (end != '\0' && c == end) {
          return result.toString();
        }
        if (unquote && c == '\'') {
          result.append(singleQuoted());
        } else if (unquote && c == '"') {
          at++;
          result.append(doubleQuoted());
        } else if (c == '$') {
          result.append(variable());
        } else if (c == escape && at + 1 < text.length()) {
          escaped(result, unquote);
        } else {
          result.append(c);
          at++;
        }
      }
      if (end != '\0') {
        throw new InvalidArgument("syntax error: missing '" + end + "' in \"" + text + "\"");
      }
      return result.toString();
    }

    private void escaped(StringBuilder result, boolean unquote) {
      char next = text.charAt(at + 1);
      if (!unquote && next != '$' && next != escape) {
        result.append(escape);
      }
      result.append(next);
      at += 2;
    }

    private String singleQuoted() {
      int close = text.indexOf('\'', at + 1);
      if (close < 0) {
        throw new InvalidArgument("unexpected end of statement while looking for matching '");
      }
      String content = text.substring(at + 1, close);
      at = close + 1;
      return content;
    }

    private String doubleQuoted() {
      StringBuilder result = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return result.toString();
        }
        if (c == '$') {
          result.append(variable());
        } else if (c == escape && at + 1 < text.length()) {
          char next = text.charAt(at + 1);
          if (next != '"' && next != '$' && next != escape) {
            result.append(c);
          }
          result.append(next);
          at += 2;
        } else {
          result.append(c);
          at++;
        }
      }
      throw new InvalidArgument("unexpected end of statement while looking for matching \"");
    }

    /** At a dollar sign. */
    private String variable() {
      at++;
      if (at < text.length() && text.charAt(at) == '{') {
        at++;
        String name = name();
        if (name.isEmpty()) {
          throw new InvalidArgument("syntax error: bad substitution in \"" + text + "\"");
        }
        String value = modified(name);
        expect('}');
        return value;
      }
      String name = name();
      return name.isEmpty() ? "$" : variables.apply(name).orElse("");
    }

    private String name() {
      int from = at;
      while (at < text.length() && isNameCharacter(text.charAt(at), at == from)) {
        at++;
      }
      if (at == from && at < text.length() && Character.isDigit(text.charAt(at))) {
        at++; // $1 and the like are set for nobody
      }
      return text.substring(from, at);
    }

    private boolean isNameCharacter(char c, boolean first) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      return letter || (!first && c >= '0' && c <= '9');
    }

    private void expect(char wanted) {
      if (at >= text.length() || text.charAt(at) != wanted) {
        throw new InvalidArgument("syntax error: missing '" + wanted + "' in \"" + text + "\"");
      }
      at++;
    }

    private String modified(String name) {
      Optional<String> value = variables.apply(name);
      if (at >= text.length() || text.charAt(at) == '}') {
        return value.orElse("");
      }
      char operator = text.charAt(at++);
      boolean colon = operator == ':' && at < text.length();
      if (colon) {
        operator = text.charAt(at++);
        value = value.filter(v -> !v.isEmpty());
      }
      return switch (operator) {
        case '-' -> orDefault(value);
        case '+' -> alternative(value);
        case '?' -> required(name, value);
        case '#', '%', '/' -> {
          if (colon) {
            throw unsupported(operator);
          }
          yield pattern(operator, value.orElse(""));
        }
        default -> throw unsupported(operator);
      };
    }

    private String orDefault(Optional<String> value) {
      String other = word(true, '}');
      return value.orElse(other);
    }

    private String alternative(Optional<String> value) {
      String other = word(true, '}');
      return value.isPresent() ? other : "";
    }

    private String required(String name, Optional<String> value) {
      String message = word(true, '}');
      return value.orElseThrow(
          () ->
              new InvalidArgument(
                  name + ": " + (message.isEmpty() ? "not allowed to be unset" : message)));
    }

    private String pattern(char operator, String value) {
      boolean twice = at < text.length() && text.charAt(at) == operator;
      if (twice) {
        at++;
      }
      if (operator == '/') {
        String pattern = word(true, '/');
        at++;
        String replacement = word(true, '}');
        return ShellPattern.of(pattern).replace(value, replacement, twice);
      }
      ShellPattern pattern = ShellPattern.of(word(true, '}'));
      return operator == '#'
          ? pattern.withoutPrefix(value, twice)
          : pattern.withoutSuffix(value, twice);
    }

    private InvalidArgument unsupported(char operator) {
      return new InvalidArgument(
          "unsupported modifier (" + operator + ") in substitution in \"" + text + "\"");
    }
  }
}
