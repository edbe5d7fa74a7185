package io.jdocker.compose.parse;

import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import io.jdocker.linux.failure.InvalidArgument;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the members of one mapping by name and kind, and remembers which were asked for: {@link
 * #end} refuses what is left. A null reads as if it was not there.
 */
final class Fields {
  private final Mapping mapping;
  private final String path;
  private final Set<String> read = new HashSet<>();

  private Fields(Mapping mapping, String path) {
    this.mapping = mapping;
    this.path = path;
  }

  static Fields of(Mapping mapping, String path) {
    return new Fields(mapping, path);
  }

  /** A value that must be a mapping; null is an empty one. */
  static Fields of(Value value, String path) {
    if (value instanceof Mapping mapping) {
      return new Fields(mapping, path);
    }
    if (value.isNull()) {
      return new Fields(Mapping.empty(value.position()), path);
    }
    throw Mistake.at(value.position(), path, "must be a mapping");
  }

  String path() {
    return path;
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A mistake in the value of a key. */
  InvalidArgument mistake(String key, String what) {
    return Mistake.at(
        mapping.find(key).map(Value::position).orElse(mapping.position()), path(key), what);
  }

  /** A key that must not stand here. */
  InvalidArgument misplaced(String key, String what) {
    return Mistake.at(mapping.keyPosition(key), path(key), what);
  }

  boolean has(String key) {
    read.add(key);
    return mapping.find(key).filter(value -> !value.isNull()).isPresent();
  }

  Optional<Value> value(String key) {
    read.add(key);
    return mapping.find(key).filter(value -> !value.isNull());
  }

  /** Takes keys whose value has no meaning here. */
  Fields ignoring(String... keys) {
    read.addAll(List.of(keys));
    return this;
  }

  /** Ends the reading: every other key must be an extension, {@code x-}. */
  void end() {
    for (String key : mapping.names()) {
      if (!read.contains(key) && !key.startsWith("x-")) {
        throw Mistake.at(
            mapping.keyPosition(key), path, "additional properties '" + key + "' not allowed");
      }
    }
  }

  Optional<Scalar> scalar(String key, String kind) {
    Optional<Value> value = value(key);
    if (value.isPresent() && !(value.get() instanceof Scalar)) {
      throw mistake(key, "must be a " + kind);
    }
    return value.map(Scalar.class::cast);
  }

  /** A text; empty when there is none. */
  String text(String key) {
    Optional<Scalar> scalar = scalar(key, "string");
    if (scalar.isPresent() && scalar.get().kind() == Scalar.Kind.BOOLEAN) {
      throw mistake(key, "must be a string");
    }
    return scalar.map(Scalar::text).orElse("");
  }

  /** A text and nothing that YAML reads as another kind: a name, an image, a path. */
  String name(String key) {
    Optional<Scalar> scalar = scalar(key, "string");
    if (scalar.isPresent() && scalar.get().kind() != Scalar.Kind.STRING) {
      throw mistake(key, "must be a string");
    }
    return scalar.map(Scalar::text).orElse("");
  }

  /** One of some words, or empty. */
  String word(String key, List<String> allowed) {
    String word = scalar(key, "string").map(Scalar::text).orElse("");
    if (!word.isEmpty() && !allowed.contains(word)) {
      throw mistake(key, "must be one of " + String.join(", ", allowed));
    }
    return word;
  }

  boolean flag(String key) {
    return optionalFlag(key).orElse(false);
  }

  Optional<Boolean> optionalFlag(String key) {
    Optional<Scalar> scalar = scalar(key, "boolean");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    return switch (scalar.get().text()) {
      case "true", "True", "TRUE", "yes", "on", "1" -> Optional.of(true);
      case "false", "False", "FALSE", "no", "off", "0" -> Optional.of(false);
      default -> throw mistake(key, "must be a boolean");
    };
  }

  long number(String key) {
    return optionalNumber(key).orElse(0L);
  }

  Optional<Long> optionalNumber(String key) {
    Optional<Scalar> scalar = scalar(key, "integer");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    String text = scalar.get().text();
    try {
      return Optional.of(
          text.startsWith("0x")
              ? Long.parseLong(text.substring(2), 16)
              : text.startsWith("0o")
                  ? Long.parseLong(text.substring(2), 8)
                  : Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw mistake(key, "must be an integer");
    }
  }

  /** A whole number that the engine keeps in 32 bits. */
  int integer(String key) {
    return optionalInteger(key).orElse(0);
  }

  Optional<Integer> optionalInteger(String key) {
    Optional<Long> number = optionalNumber(key);
    if (number.isPresent() && number.get().intValue() != number.get()) {
      throw mistake(key, "must be between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE);
    }
    return number.map(Long::intValue);
  }

  /** File permissions: a quoted or {@code 0o} text is octal, and so is one with a leading zero. */
  Optional<Long> mode(String key) {
    Optional<Scalar> scalar = scalar(key, "number");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    String text = scalar.get().text();
    boolean isOctal = text.startsWith("0") || scalar.get().kind() == Scalar.Kind.STRING;
    String digits = text.startsWith("0o") ? text.substring(2) : text;
    try {
      return Optional.of(Long.parseLong(digits, isOctal ? 8 : 10));
    } catch (NumberFormatException e) {
      throw mistake(key, "must be file permissions in octal");
    }
  }

  /** A decimal number as billionths. */
  long billionths(String key) {
    Optional<Scalar> scalar = scalar(key, "number");
    if (scalar.isEmpty()) {
      return 0;
    }
    BigDecimal number;
    try {
      number = new BigDecimal(scalar.get().text());
    } catch (NumberFormatException e) {
      throw mistake(key, "must be a number");
    }
    if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE, 9)) > 0) {
      throw mistake(key, "is too large");
    }
    return number.movePointRight(9).longValue();
  }

  /** A size in bytes: {@code 64m}, {@code 1.5gb}, a number. */
  long bytes(String key) {
    Optional<Scalar> scalar = scalar(key, "size");
    if (scalar.isEmpty()) {
      return 0;
    }
    try {
      return Quantities.bytes(scalar.get().text());
    } catch (IllegalArgumentException e) {
      throw mistake(key, "invalid size: '" + scalar.get().text() + "'");
    }
  }

  /** A time: {@code 1m30s}. */
  Optional<Duration> duration(String key) {
    Optional<Scalar> scalar = scalar(key, "duration");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Quantities.duration(scalar.get().text()));
    } catch (IllegalArgumentException e) {
      throw mistake(key, "invalid duration: '" + scalar.get().text() + "'");
    }
  }

  /** A list of texts. */
  List<String> texts(String key) {
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Sequence list)) {
      throw mistake(key, "must be an array");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      if (!(list.items().get(i) instanceof Scalar item) || item.isNull()) {
        throw Mistake.at(list.items().get(i).position(), path(key) + "." + i, "must be a string");
      }
      texts.add(item.text());
    }
    return texts;
  }

  /** A command: a list of words, or a text that is split as a shell would. */
  Optional<List<String>> command(String key) {
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Scalar line) {
      try {
        return Optional.of(ShellLine.split(line.text()));
      } catch (IllegalArgumentException e) {
        throw mistake(key, e.getMessage());
      }
    }
    return Optional.of(texts(key));
  }

  /** Names to texts; a null is the empty text. */
  Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    optionalMap(key).forEach((name, value) -> map.put(name, value.orElse("")));
    return map;
  }

  Map<String, Optional<String>> optionalMap(String key) {
    Map<String, Optional<String>> map = new LinkedHashMap<>();
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      return map;
    }
    if (!(value.get() instanceof Mapping pairs)) {
      throw mistake(key, "must be a mapping");
    }
    for (Map.Entry<String, Value> pair : pairs.members().entrySet()) {
      if (!(pair.getValue() instanceof Scalar text)) {
        throw Mistake.at(
            pair.getValue().position(),
            path(key) + "." + pair.getKey(),
            "must be a string, number, boolean or null");
      }
      map.put(pair.getKey(), text.isNull() ? Optional.empty() : Optional.of(text.text()));
    }
    return map;
  }

  /** A mapping below; absent when there is none. */
  Optional<Fields> below(String key) {
    return value(key).map(value -> of(value, path(key)));
  }

  /** The members of a mapping, each a mapping or null. */
  Map<String, Fields> each(String key) {
    Map<String, Fields> members = new LinkedHashMap<>();
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      return members;
    }
    if (!(value.get() instanceof Mapping below)) {
      throw mistake(key, "must be a mapping");
    }
    below
        .members()
        .forEach((name, member) -> members.put(name, of(member, path(key) + "." + name)));
    return members;
  }

  /** The items of a list, each a mapping. */
  List<Fields> items(String key) {
    List<Fields> items = new ArrayList<>();
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      return items;
    }
    if (!(value.get() instanceof Sequence list)) {
      throw mistake(key, "must be an array");
    }
    for (int i = 0; i < list.items().size(); i++) {
      items.add(of(list.items().get(i), path(key) + "." + i));
    }
    return items;
  }
}
