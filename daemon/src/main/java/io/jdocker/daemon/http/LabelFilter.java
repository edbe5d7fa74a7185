package io.jdocker.daemon.http;

import java.util.List;
import java.util.Map;

/** The filter {@code label}: {@code name} or {@code name=value}; every one must match. */
public final class LabelFilter {
  private LabelFilter() {}

  /** Whether all wanted labels are there. */
  public static boolean matches(List<String> wanted, Map<String, String> labels) {
    return wanted.stream().allMatch(label -> has(labels, label));
  }

  /** For prune: the wanted ones are all there, and of the unwanted not one. */
  public static boolean matches(Filters filters, Map<String, String> labels) {
    return matches(filters.get("label"), labels)
        && filters.get("label!").stream().noneMatch(label -> has(labels, label));
  }

  private static boolean has(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
