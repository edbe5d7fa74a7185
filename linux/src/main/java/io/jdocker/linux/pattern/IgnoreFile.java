package io.jdocker.linux.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code .dockerignore}: one pattern a line, "#" begins a comment, "!" takes files back in, the
 * last line that matches counts. A pattern that matches a folder matches all below it.
 */
public final class IgnoreFile {
  private record Rule(PathPattern pattern, boolean takesBack) {}

  private final List<Rule> rules;

  private IgnoreFile(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** One that excludes nothing. */
  public static IgnoreFile empty() {
    return new IgnoreFile(List.of());
  }

  /**
   * Reads one.
   *
   * @throws io.jdocker.linux.failure.InvalidArgument for a malformed pattern
   */
  public static IgnoreFile parse(String text) {
    String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
    return of(plain.lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** Of patterns, without comments. */
  public static IgnoreFile of(List<String> patterns) {
    List<Rule> rules = new ArrayList<>();
    for (String line : patterns) {
      String pattern = line.strip();
      boolean takesBack = pattern.startsWith("!");
      if (takesBack) {
        pattern = pattern.substring(1).strip();
      }
      String clean = clean(pattern);
      if (!clean.isEmpty()) {
        rules.add(new Rule(PathPattern.compile(clean), takesBack));
      }
    }
    return new IgnoreFile(rules);
  }

  /** Without a slash in front or behind, and without "." and "..", as Go's path.Clean. */
  private static String clean(String pattern) {
    List<String> parts = new ArrayList<>();
    for (String part : pattern.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** Whether the file of that path is left out; the path is relative and clean. */
  public boolean excludes(String path) {
    boolean excluded = false;
    for (Rule rule : rules) {
      if (rule.takesBack() == excluded && matches(rule.pattern(), path)) {
        excluded = !rule.takesBack();
      }
    }
    return excluded;
  }

  private static boolean matches(PathPattern pattern, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (pattern.matches(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** Whether some file below an excluded folder may still be wanted. */
  public boolean takesBackAny() {
    return rules.stream().anyMatch(Rule::takesBack);
  }
}
