package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The filter {@code name}: regular expressions that may match anywhere, of which one must. Clients
 * that mean one object alone send {@code ^name$}.
 */
public final class NameFilter {
  private final List<Pattern> patterns;

  private NameFilter(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Reads the request's.
   *
   * @throws InvalidArgument for what is no regular expression
   */
  public static NameFilter of(Filters filters) {
    return new NameFilter(filters.get("name").stream().map(NameFilter::pattern).toList());
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new InvalidArgument("Invalid filter 'name=" + text + "': " + e.getDescription(), e);
    }
  }

  /** Whether the name is wanted; each is when the filter was not sent. */
  public boolean matches(String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(p -> p.matcher(name).find());
  }
}
