package io.jdocker.cli.stats;

import com.google.gson.JsonObject;
import io.jdocker.cli.json.ApiObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last sample of each container that is watched, in the order they came. Thread-safe. */
final class Board {
  private final Map<String, Usage> usages = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /** A container is watched from now on; false when it is already. */
  synchronized boolean add(String container) {
    Usage nothingYet = new Usage(container, ApiObject.of(new JsonObject()));
    return usages.putIfAbsent(container, nothingYet) == null;
  }

  synchronized void show(String container, ApiObject sample) {
    usages.computeIfPresent(container, (name, before) -> new Usage(name, sample));
  }

  synchronized void remove(String container) {
    usages.remove(container);
  }

  /** A container cannot be watched. */
  synchronized void fail(String container, String why) {
    usages.remove(container);
    failures.add(why);
  }

  synchronized List<Usage> usages() {
    return List.copyOf(usages.values());
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }
}
