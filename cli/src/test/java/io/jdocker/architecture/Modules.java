package io.jdocker.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The arrows between the modules, as the compiled classes have them. */
final class Modules {
  static final List<String> NAMES =
      List.of(
          "linux", "cgroups", "images", "network", "runtime", "daemon", "engine", "junit",
          "compose", "cli");

  private static final String PREFIX = "io.jdocker.";

  private final Map<String, Set<String>> arrows = new TreeMap<>();

  Modules(JavaClasses classes) {
    NAMES.forEach(name -> arrows.put(name, new TreeSet<>()));
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        add(from.getPackageName(), dependency.getTargetClass().getPackageName());
      }
    }
  }

  private void add(String from, String to) {
    if (to.startsWith(PREFIX) && !module(from).equals(module(to))) {
      arrows.get(module(from)).add(module(to));
    }
  }

  private static String module(String packageName) {
    String rest = packageName.substring(PREFIX.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  /** The modules that a module uses. */
  Set<String> usedBy(String module) {
    return arrows.get(module);
  }

  /**
   * The arrows as the picture in ARCHITECTURE.md shows them, those that follow from others left
   * out.
   */
  String picture() {
    StringBuilder picture = new StringBuilder("```mermaid\nflowchart LR\n");
    picture.append("  cli -. \"Docker Engine API, unix socket\" .-> daemon\n");
    for (String from :
        List.of(
            "cli", "compose", "daemon", "junit", "engine", "runtime", "network", "images",
            "cgroups")) {
      for (String to : direct(from)) {
        picture.append("  ").append(from).append(" --> ").append(to).append('\n');
      }
    }
    return picture.append("```").toString();
  }

  private Set<String> direct(String from) {
    Set<String> direct = new TreeSet<>(arrows.get(from));
    for (String via : arrows.get(from)) {
      direct.removeAll(reachable(via));
    }
    return direct;
  }

  private Set<String> reachable(String from) {
    Set<String> reached = new TreeSet<>();
    for (String to : arrows.get(from)) {
      reached.add(to);
      reached.addAll(reachable(to));
    }
    return reached;
  }
}
