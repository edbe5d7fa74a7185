package io.jdocker.images.dockerfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern of the shell, with {@code *} and {@code ?}, as {@code ${v#pattern}} has it. */
final class ShellPattern {
  private final String greedy;
  private final String reluctant;

  private ShellPattern(String greedy, String reluctant) {
    this.greedy = greedy;
    this.reluctant = reluctant;
  }

  static ShellPattern of(String text) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> expression.append(".*");
        case '?' -> expression.append('.');
        case '\\' -> {
          i = Math.min(i + 1, text.length() - 1);
          expression.append(Pattern.quote(text.substring(i, i + 1)));
        }
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
    }
    String greedy = expression.toString();
    return new ShellPattern(greedy, greedy.replace(".*", ".*?"));
  }

  private static Matcher matcher(String expression, String value) {
    return Pattern.compile(expression, Pattern.DOTALL).matcher(value);
  }

  String withoutPrefix(String value, boolean longest) {
    Matcher prefix = matcher(longest ? greedy : reluctant, value);
    return prefix.lookingAt() ? value.substring(prefix.end()) : value;
  }

  /** The shortest suffix begins as far to the right as the pattern matches to the end. */
  String withoutSuffix(String value, boolean longest) {
    int found = -1;
    for (int from = 0; from <= value.length() && (found < 0 || !longest); from++) {
      if (matcher(greedy, value.substring(from)).matches()) {
        found = from;
      }
    }
    return found < 0 ? value : value.substring(0, found);
  }

  String replace(String value, String replacement, boolean all) {
    if (greedy.isEmpty()) {
      return value;
    }
    Matcher part = matcher(greedy, value);
    String literal = Matcher.quoteReplacement(replacement);
    return all ? part.replaceAll(literal) : part.replaceFirst(literal);
  }
}
