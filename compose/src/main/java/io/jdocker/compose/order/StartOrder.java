package io.jdocker.compose.order;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph without cycles: each name and the names it needs first. */
public final class StartOrder {
  private final Map<String, Set<String>> needs;

  private StartOrder(Map<String, Set<String>> needs) {
    this.needs = needs;
  }

  /**
   * Checks the graph.
   *
   * @param needs what each name needs; names that are no key themselves are left out
   * @throws InvalidArgument when there is a cycle; the message names it
   */
  public static StartOrder of(Map<String, ? extends Collection<String>> needs) {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    needs.forEach(
        (name, needed) -> {
          Set<String> kept = new LinkedHashSet<>(needed);
          kept.retainAll(needs.keySet());
          known.put(name, kept);
        });
    StartOrder order = new StartOrder(known);
    Set<String> safe = new LinkedHashSet<>();
    for (String name : known.keySet()) {
      order.visit(name, new ArrayDeque<>(), safe);
    }
    return order;
  }

  private void visit(String name, Deque<String> above, Set<String> safe) {
    if (safe.contains(name)) {
      return;
    }
    if (above.contains(name)) {
      List<String> cycle = new ArrayList<>(above);
      cycle = cycle.subList(cycle.indexOf(name), cycle.size());
      throw new InvalidArgument(
          "dependency cycle detected: " + String.join(" -> ", cycle) + " -> " + name);
    }
    above.addLast(name);
    for (String needed : needs.get(name)) {
      visit(needed, above, safe);
    }
    above.removeLast();
    safe.add(name);
  }

  /** Every name, in the order given. */
  public Set<String> names() {
    return needs.keySet();
  }

  /** What must come before it. */
  public Set<String> neededBy(String name) {
    return needs.get(name);
  }

  /** The same graph with every arrow turned: the order of an end. */
  public StartOrder reversed() {
    Map<String, Set<String>> turned = new LinkedHashMap<>();
    needs.keySet().forEach(name -> turned.put(name, new LinkedHashSet<>()));
    needs.forEach((name, needed) -> needed.forEach(before -> turned.get(before).add(name)));
    return new StartOrder(turned);
  }

  /** The names and all that they need, directly or not. */
  public Set<String> closure(Collection<String> names) {
    Set<String> all = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (needs.containsKey(name) && all.add(name)) {
        open.addAll(needs.get(name));
      }
    }
    return all;
  }

  /** One order that keeps to the arrows. */
  public List<String> sequence() {
    Set<String> done = new LinkedHashSet<>();
    for (String name : needs.keySet()) {
      append(name, done);
    }
    return List.copyOf(done);
  }

  private void append(String name, Set<String> done) {
    if (!done.contains(name)) {
      needs.get(name).forEach(needed -> append(needed, done));
      done.add(name);
    }
  }
}
