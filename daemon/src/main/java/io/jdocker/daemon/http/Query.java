package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The part of a request's path behind the question mark. An empty value counts as an absent one:
 * clients send {@code condition=} for "no condition".
 */
public final class Query {
  private static final Set<String> FALSE = Set.of("", "0", "no", "false", "none");

  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads {@code all=1&filters=%7B%7D}. */
  public static Query parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int from = 0; from < text.length(); ) {
      int to = text.indexOf('&', from);
      to = to < 0 ? text.length() : to;
      if (to > from) {
        String pair = text.substring(from, to);
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values
            .computeIfAbsent(PercentCoding.query(name), key -> new ArrayList<>(1))
            .add(PercentCoding.query(value));
      }
      from = to + 1;
    }
    return new Query(values);
  }

  /** The first value, unless it is absent or empty. */
  public Optional<String> text(String name) {
    return values.getOrDefault(name, List.of()).stream().findFirst().filter(v -> !v.isEmpty());
  }

  /** Every value, in order: {@code names=a&names=b}. */
  public List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** Whether the name was sent, be its value empty or not. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** False when absent, empty, 0, no, false or none in any case; true for everything else. */
  public boolean flag(String name) {
    return flag(name, false);
  }

  /** As {@link #flag(String)}, with another answer when absent. */
  public boolean flag(String name, boolean whenAbsent) {
    List<String> sent = values.get(name);
    return sent == null
        ? whenAbsent
        : !FALSE.contains(sent.get(0).toLowerCase(Locale.ROOT).strip());
  }

  /**
   * A decimal number.
   *
   * @throws InvalidArgument when it is something else
   */
  public OptionalInt number(String name) {
    Optional<String> sent = text(name);
    if (sent.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(sent.get()));
    } catch (NumberFormatException e) {
      throw new InvalidArgument(
          "invalid value \"" + sent.get() + "\" for " + name + ": not a number", e);
    }
  }
}
