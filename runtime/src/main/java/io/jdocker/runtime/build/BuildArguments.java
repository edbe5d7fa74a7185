package io.jdocker.runtime.build;

import io.jdocker.images.Platform;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.images.dockerfile.VariableExpander;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values of ARGs. Those before the first FROM are seen by FROM lines alone; a stage sees one after
 * it declared it, and its end is the end of it. Thread-safe.
 */
final class BuildArguments {
  /** Every RUN step has them undeclared; no cache key and no history does. */
  private static final Set<String> PROXIES =
      Set.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

  private static final Set<String> BUILTIN = Set.of("SOURCE_DATE_EPOCH");

  private final Map<String, Optional<String>> given;
  private final Map<String, String> globals = new LinkedHashMap<>();
  private final Set<String> consumed = ConcurrentHashMap.newKeySet();

  BuildArguments(Map<String, Optional<String>> given, char escape, List<Instruction.Arg> before) {
    this.given = given;
    Platform host = Platform.host();
    for (String side : List.of("TARGET", "BUILD")) {
      globals.put(side + "PLATFORM", host.toString());
      globals.put(side + "OS", host.os());
      globals.put(side + "ARCH", host.architecture());
      globals.put(side + "VARIANT", host.variant());
    }
    VariableExpander expander =
        new VariableExpander(escape, name -> Optional.ofNullable(globals.get(name)));
    for (Instruction.Arg arg : before) {
      for (Instruction.Arg.Declaration declared : arg.declarations()) {
        Optional<String> value =
            override(declared.name()).or(() -> declared.defaultValue().map(expander::expand));
        value.ifPresent(v -> globals.put(declared.name(), v));
      }
    }
  }

  private Optional<String> override(String name) {
    if (given.containsKey(name)) {
      consumed.add(name);
    }
    return given.getOrDefault(name, Optional.empty());
  }

  /** What FROM lines see. */
  Optional<String> global(String name) {
    return Optional.ofNullable(globals.get(name));
  }

  /**
   * The value of one that a stage declares: the client's, the declaration's own, the global one.
   *
   * @param own default, expanded
   */
  Optional<String> declare(String name, Optional<String> own) {
    return override(name).or(() -> own).or(() -> global(name));
  }

  /** Seconds since the epoch that every time is to be, at most. */
  Optional<String> sourceDateEpoch() {
    return override("SOURCE_DATE_EPOCH").filter(v -> !v.isEmpty());
  }

  /** Proxies the client gave, for commands only. */
  Map<String, String> proxies() {
    Map<String, String> found = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (isProxy(name)) {
            value.ifPresent(v -> found.put(name, v));
          }
        });
    return found;
  }

  private static boolean isProxy(String name) {
    return PROXIES.contains(name.toUpperCase(java.util.Locale.ROOT));
  }

  /** Names the client gave that nothing declared. */
  List<String> unused() {
    return given.keySet().stream()
        .filter(name -> !consumed.contains(name) && !isProxy(name) && !BUILTIN.contains(name))
        .sorted()
        .toList();
  }
}
