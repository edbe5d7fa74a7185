package io.jdocker.daemon.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.jdocker.daemon.json.JsonText;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code filters} of a list or prune request. Go clients send {@code {"label":{"a=b":true}}},
 * all others {@code {"label":["a=b"]}}; both are read, and an empty text is no filter.
 */
public final class Filters {
  private static final String PARAMETER = "filters";

  private final Map<String, List<String>> values;

  private Filters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the request's filters.
   *
   * @param accepted the names that the endpoint knows
   * @throws InvalidArgument for broken JSON, and for a name that is not accepted
   */
  public static Filters of(Query query, Set<String> accepted) {
    Filters filters = parse(query.text(PARAMETER).orElse(""));
    for (String name : filters.values.keySet()) {
      if (!accepted.contains(name)) {
        throw new InvalidArgument("Invalid filter '" + name + "'");
      }
    }
    return filters;
  }

  static Filters parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (!text.isBlank()) {
      try {
        JsonElement whole = JsonText.parse(text);
        if (!whole.isJsonObject()) {
          throw new InvalidArgument("invalid filters \"" + text + "\": not a JSON object");
        }
        whole
            .getAsJsonObject()
            .entrySet()
            .forEach(e -> values.put(e.getKey(), values(e.getKey(), e.getValue())));
      } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
        throw new InvalidArgument("invalid filters \"" + text + "\": not a JSON object", e);
      }
    }
    values.values().removeIf(List::isEmpty);
    return new Filters(values);
  }

  private static List<String> values(String name, JsonElement element) {
    List<String> result = new ArrayList<>();
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(value -> result.add(text(name, value)));
    } else if (element.isJsonObject()) {
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(
              entry -> {
                if (entry.getValue() instanceof JsonPrimitive on && on.getAsBoolean()) {
                  result.add(entry.getKey());
                }
              });
    } else if (!element.isJsonNull()) {
      result.add(text(name, element));
    }
    return List.copyOf(result);
  }

  private static String text(String name, JsonElement value) {
    if (value instanceof JsonPrimitive primitive) {
      return primitive.getAsString();
    }
    throw new InvalidArgument("invalid value for filter '" + name + "': not a text");
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Every value of the filter; empty when it was not sent. */
  public List<String> get(String name) {
    return values.getOrDefault(name, List.of());
  }

  /**
   * The single truth value of a filter such as {@code dangling}.
   *
   * @throws InvalidArgument when it is neither true nor false
   */
  public Optional<Boolean> flag(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    boolean yes = get(name).stream().allMatch(v -> v.equals("1") || v.equalsIgnoreCase("true"));
    boolean no = get(name).stream().allMatch(v -> v.equals("0") || v.equalsIgnoreCase("false"));
    if (!yes && !no) {
      throw invalid(name, String.join(",", get(name)));
    }
    return Optional.of(yes);
  }

  /** The failure for a value that the endpoint does not know. */
  public static InvalidArgument invalid(String name, String value) {
    return new InvalidArgument("Invalid filter '" + name + "=" + value + "'");
  }
}
