package io.jdocker.daemon.config;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of settings as they were written, in the order they were. Immutable. */
final class Directives {
  private final Map<Directive, List<String>> values;

  private Directives(Map<Directive, List<String>> values) {
    this.values = new EnumMap<>(Directive.class);
    this.values.putAll(values);
  }

  /** Collects them. */
  static final class Builder {
    private final Map<Directive, List<String>> values = new EnumMap<>(Directive.class);

    Builder add(Directive directive, String value) {
      values.computeIfAbsent(directive, each -> new ArrayList<>()).add(value);
      return this;
    }

    Directives build() {
      return new Directives(values);
    }
  }

  /**
   * Reads {@code --root DIR}, {@code --root=DIR}, {@code -H ADDRESS}, and {@code --init} for a
   * switch that is on.
   *
   * @throws InvalidArgument naming what is no flag
   */
  static Directives ofFlags(List<String> arguments) {
    Builder builder = new Builder();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!name.startsWith("-")) {
        throw new InvalidArgument("unknown argument: " + argument);
      }
      Directive directive =
          Directive.ofFlag(name.equals("-H") ? "host" : name.replaceFirst("^--", ""))
              .orElseThrow(() -> new InvalidArgument("unknown flag: " + name));
      if (equals >= 0) {
        builder.add(directive, argument.substring(equals + 1));
      } else if (directive.kind() == Directive.Kind.BOOL) {
        builder.add(directive, "true");
      } else if (rest.hasNext()) {
        builder.add(directive, rest.next());
      } else {
        throw new InvalidArgument("flag needs an argument: " + name);
      }
    }
    return builder.build();
  }

  /** The values; none where it is not set. */
  List<String> all(Directive directive) {
    return values.getOrDefault(directive, List.of());
  }

  /** The last value, as flags have it. */
  Optional<String> one(Directive directive) {
    List<String> all = all(directive);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /**
   * The value of a switch; empty where it is not set.
   *
   * @throws InvalidArgument in Go's words for what is neither true nor false
   */
  Optional<Boolean> flag(Directive directive) {
    return one(directive)
        .map(
            text ->
                switch (text) {
                  case "1", "t", "T", "true", "TRUE", "True" -> true;
                  case "0", "f", "F", "false", "FALSE", "False" -> false;
                  default ->
                      throw new InvalidArgument(
                          "invalid argument \""
                              + text
                              + "\" for \"--"
                              + directive.flag()
                              + "\" flag: strconv.ParseBool: parsing \""
                              + text
                              + "\": invalid syntax");
                });
  }

  /**
   * These flags and a file's settings together.
   *
   * @throws InvalidArgument in Docker's words for what both set, but for registries' lists
   */
  Directives and(Directives file) {
    List<String> both = new ArrayList<>();
    for (Directive directive : values.keySet()) {
      if (file.values.containsKey(directive) && !mayBeInBoth(directive)) {
        both.add(
            directive.key()
                + ": (from flag: "
                + shown(directive, all(directive))
                + ", from file: "
                + shown(directive, file.all(directive))
                + ")");
      }
    }
    if (!both.isEmpty()) {
      throw new InvalidArgument(
          "the following directives are specified both as a flag and in the configuration file: "
              + String.join(", ", both));
    }
    Map<Directive, List<String>> merged = new EnumMap<>(Directive.class);
    merged.putAll(file.values);
    values.forEach(
        (directive, flags) ->
            merged.merge(
                directive,
                flags,
                (first, second) -> {
                  List<String> joined = new ArrayList<>(first);
                  joined.addAll(second);
                  return joined;
                }));
    return new Directives(merged);
  }

  /** Docker's named options, which it does not compare. */
  private static boolean mayBeInBoth(Directive directive) {
    return directive == Directive.MIRROR || directive == Directive.INSECURE_REGISTRY;
  }

  private static String shown(Directive directive, List<String> texts) {
    return directive.kind() == Directive.Kind.TEXT || directive.kind() == Directive.Kind.BOOL
        ? texts.get(texts.size() - 1)
        : "[" + String.join(" ", texts) + "]";
  }
}
