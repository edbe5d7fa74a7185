package io.jdocker.runtime.spec;

import java.util.Map;

/**
 * Where a container's output is kept.
 *
 * @param driver {@code json-file}, {@code local} or {@code none}
 * @param options of that driver, {@code max-size} and so on
 */
public record LogSpec(String driver, Map<String, String> options) {
  public LogSpec {
    options = Map.copyOf(options);
  }

  /** One JSON file without a limit. */
  public static LogSpec standard() {
    return new LogSpec("json-file", Map.of());
  }
}
