package io.jdocker.images.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants to be asked: one challenge of {@code WWW-Authenticate} (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters by their name in lower case: {@code realm}, {@code service}, {@code scope}
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** A parameter, its value a token or quoted; or the scheme of a new challenge. */
  private static final Pattern PART =
      Pattern.compile(
          "\\G[\\s,]*(?:(?<name>"
              + TOKEN
              + ")\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<plain>[^\\s,\"]*))"
              + "|(?<scheme>"
              + TOKEN
              + ")(?=\\s|,|$))");

  /** Every challenge in a field, in order; what cannot be understood ends the list. */
  static List<Challenge> parse(String field) {
    List<Challenge> found = new ArrayList<>();
    Matcher part = PART.matcher(field);
    while (part.find()) {
      if (part.group("scheme") != null) {
        found.add(
            new Challenge(part.group("scheme").toLowerCase(Locale.ROOT), new LinkedHashMap<>()));
      } else if (!found.isEmpty()) {
        String value =
            part.group("quoted") != null
                ? part.group("quoted").replaceAll("\\\\(.)", "$1")
                : part.group("plain");
        found
            .get(found.size() - 1)
            .parameters()
            .putIfAbsent(part.group("name").toLowerCase(Locale.ROOT), value);
      }
    }
    return found;
  }

  /** The one to answer: a token where it is offered, else a password. */
  static Optional<Challenge> choose(List<String> fields) {
    List<Challenge> all = fields.stream().flatMap(field -> parse(field).stream()).toList();
    Optional<Challenge> bearer =
        all.stream().filter(c -> c.isBearer() && !c.parameter("realm").isEmpty()).findFirst();
    return bearer.or(() -> all.stream().filter(c -> c.scheme().equals("basic")).findFirst());
  }

  boolean isBearer() {
    return scheme.equals("bearer");
  }

  /** The value; empty where there is none. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
