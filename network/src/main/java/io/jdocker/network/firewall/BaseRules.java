package io.jdocker.network.firewall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The jumps from the kernel's chains into ours, and the user's chain. As iptables-restore fails on
 * a chain that is there already and would empty it otherwise, what is there is looked up first, by
 * iptables-save: once when an engine starts to use bridges, and when something was flushed.
 */
final class BaseRules {
  private final Iptables programs;
  private final Layout layout;

  BaseRules(Iptables programs, Layout layout) {
    this.programs = programs;
    this.layout = layout;
  }

  /** What iptables-save shows: chains, and rules as text behind their chain. */
  private record Snapshot(Set<Chain> chains, Set<Rule> rules) {
    static Snapshot parse(String saved) {
      Set<Chain> chains = new HashSet<>();
      Set<Rule> rules = new LinkedHashSet<>();
      Table table = null;
      for (String line : saved.split("\n", -1)) {
        if (line.startsWith("*")) {
          table = tableOf(line.substring(1).strip());
        } else if (table != null && line.startsWith(":")) {
          chains.add(new Chain(table, line.substring(1).split(" ", 2)[0]));
        } else if (table != null && line.startsWith("-A ")) {
          String[] parts = line.split(" ", 3);
          String text = parts.length < 3 ? "" : parts[2].strip();
          rules.add(new Rule(new Chain(table, parts[1]), text));
        }
      }
      return new Snapshot(chains, rules);
    }

    private static Table tableOf(String name) {
      for (Table table : Table.values()) {
        if (table.toString().equals(name)) {
          return table;
        }
      }
      return null;
    }
  }

  /** Whether there are chains of ours, of this engine or of one before it. */
  boolean arePresent() {
    Snapshot snapshot = Snapshot.parse(programs.run("", "iptables-save"));
    return snapshot.chains().stream().anyMatch(layout::isOurs);
  }

  /** Makes what is missing; returns the chains of ours that were there before. */
  Set<Chain> found() {
    Snapshot snapshot = Snapshot.parse(programs.run("", "iptables-save"));
    Transaction change = new Transaction();
    if (!snapshot.chains().contains(Layout.user())) {
      change.reset(Layout.user());
    }
    List<Rule> entries = layout.entries();
    for (Rule entry : entries) {
      Chain target = target(entry);
      if (!target.equals(Layout.user()) && !snapshot.chains().contains(target)) {
        change.reset(target);
      }
    }
    List<Rule> missing = entries.stream().filter(r -> !snapshot.rules().contains(r)).toList();
    for (int i = missing.size() - 1; i >= 0; i--) {
      change.insert(missing.get(i)); // the last one first, so that they stand in order
    }
    if (!change.isEmpty()) {
      programs.run(change.text(), "iptables-restore", "-w", "--noflush");
    }
    Set<Chain> ours = new HashSet<>(snapshot.chains());
    ours.removeIf(c -> !layout.isOurs(c));
    return ours;
  }

  /** Removes our jumps and chains; the user's chain only where it is empty. */
  void remove() {
    Snapshot snapshot = Snapshot.parse(programs.run("", "iptables-save"));
    Transaction change = new Transaction();
    boolean userHasRules = snapshot.rules().stream().anyMatch(r -> r.chain().equals(Layout.user()));
    boolean othersUseIt =
        snapshot.chains().stream()
            .anyMatch(
                c ->
                    c.name().startsWith("JDOCKER")
                        && c.name().endsWith("-FORWARD")
                        && !layout.isOurs(c));
    boolean keepUser = userHasRules || othersUseIt;
    for (Rule entry : layout.entries()) {
      boolean kept = keepUser && target(entry).equals(Layout.user());
      if (!kept && snapshot.rules().contains(entry)) {
        change.delete(entry);
      }
    }
    List<Chain> ours = snapshot.chains().stream().filter(layout::isOurs).toList();
    ours.forEach(change::reset);
    ours.forEach(change::drop);
    if (!keepUser && snapshot.chains().contains(Layout.user())) {
      change.drop(Layout.user());
    }
    if (!change.isEmpty()) {
      programs.run(change.text(), "iptables-restore", "-w", "--noflush");
    }
  }

  /** The chain that an entry jumps to, in the entry's own table. */
  private static Chain target(Rule entry) {
    String text = entry.text();
    return new Chain(entry.chain().table(), text.substring(text.lastIndexOf(' ') + 1));
  }

  /** Commands that make chains and jumps where they are missing. */
  List<String> shell() {
    List<String> commands = new ArrayList<>();
    List<Rule> entries = layout.entries();
    Set<Chain> chains = new LinkedHashSet<>();
    entries.forEach(e -> chains.add(target(e)));
    chains.addAll(layout.empty().chains());
    for (Chain chain : chains) {
      String table = layout.program() + " -t " + chain.table();
      String present = table + " -S " + chain.name() + " >/dev/null 2>&1 || ";
      commands.add(present + table + " -N " + chain.name());
    }
    for (int i = entries.size() - 1; i >= 0; i--) {
      Rule entry = entries.get(i);
      String rest = entry.chain().name() + " " + entry.text();
      String table = layout.program() + " -t " + entry.chain().table();
      commands.add(table + " -C " + rest + " 2>/dev/null || " + table + " -I " + rest);
    }
    RuleSet empty = layout.empty();
    for (Chain chain : empty.chains()) {
      for (Rule rule : empty.rules(chain)) {
        String rest = chain.name() + " " + rule.text();
        String table = layout.program() + " -t " + chain.table();
        commands.add(table + " -C " + rest + " 2>/dev/null || " + table + " -A " + rest);
      }
    }
    return commands;
  }
}
