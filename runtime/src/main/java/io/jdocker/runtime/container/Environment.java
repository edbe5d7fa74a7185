package io.jdocker.runtime.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A process' environment, put together in Docker's order. */
final class Environment {
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Environment() {}

  /** Variables of the image, overridden by the user's; a bare name takes a variable away. */
  static List<String> merge(List<String> image, List<String> user) {
    Map<String, String> byName = new LinkedHashMap<>();
    image.forEach(variable -> byName.put(name(variable), variable));
    for (String variable : user) {
      if (variable.contains("=")) {
        byName.put(name(variable), variable);
      } else {
        byName.remove(variable);
      }
    }
    byName.putIfAbsent("PATH", PATH);
    return List.copyOf(byName.values());
  }

  /** What the engine adds where neither image nor user say anything. */
  static List<String> complete(
      List<String> variables, String hostname, boolean terminal, String home, List<String> links) {
    List<String> all = new ArrayList<>();
    List<String> defaults = new ArrayList<>();
    defaults.add("HOSTNAME=" + hostname);
    if (terminal) {
      defaults.add("TERM=xterm");
    }
    defaults.add("HOME=" + home);
    for (String added : defaults) {
      if (variables.stream().noneMatch(v -> name(v).equals(name(added)))) {
        all.add(added);
      }
    }
    all.addAll(links);
    all.addAll(variables);
    return all;
  }

  private static String name(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 ? variable : variable.substring(0, equals);
  }
}
