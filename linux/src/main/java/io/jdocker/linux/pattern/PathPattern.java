package io.jdocker.linux.pattern;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for a relative path with slashes: {@code *} and {@code ?} match within a part, {@code
 * **} matches any number of parts, none included, {@code [a-z]} and {@code [^a-z]} one character; a
 * backslash takes the next character's meaning away. Go's filepath.Match with "**" added.
 */
public final class PathPattern {
  private final String text;
  private final Pattern pattern;

  private PathPattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidArgument when a bracket is not closed
   */
  public static PathPattern compile(String text) {
    try {
      return new PathPattern(text, Pattern.compile(expression(text), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw malformed(text);
    }
  }

  private static InvalidArgument malformed(String text) {
    return new InvalidArgument("syntax error in pattern: " + text);
  }

  private static String expression(String text) {
    StringBuilder expression = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '*' -> at = star(text, at, expression);
        case '?' -> expression.append("[^/]");
        case '[' -> at = bracket(text, at, expression);
        case '\\' -> {
          if (at == text.length()) {
            throw malformed(text);
          }
          expression.append(Pattern.quote(text.substring(at, ++at)));
        }
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return expression.toString();
  }

  private static int star(String text, int after, StringBuilder expression) {
    if (after == text.length() || text.charAt(after) != '*') {
      expression.append("[^/]*");
      return after;
    }
    int at = after + 1;
    if (at < text.length() && text.charAt(at) == '/') {
      expression.append("(?:.*/)?");
      return at + 1;
    }
    expression.append(".*");
    return at;
  }

  private static int bracket(String text, int after, StringBuilder expression) {
    int close = text.indexOf(']', after + 1);
    if (close < 0) {
      throw malformed(text);
    }
    String content = text.substring(after, close);
    boolean negated = content.startsWith("^");
    String plain = negated ? content.substring(1) : content;
    expression.append(negated ? "[^/" : "[");
    expression.append(plain.replaceAll("[\\[&^\\\\]", "\\\\$0")).append(']');
    return close + 1;
  }

  /** Whether the whole path matches. */
  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  /** Whether a character of it stands for more than itself. */
  public static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
  }

  @Override
  public String toString() {
    return text;
  }
}
