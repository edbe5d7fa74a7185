package io.jdocker.network.firewall;

import io.jdocker.linux.failure.SystemFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's tables and the programs that change them, in memory. It applies a table at its
 * COMMIT, all of it or nothing, refuses what iptables-restore refuses (a chain that is missing,
 * made twice, not empty, or jumped to), and keeps what it was given.
 */
final class FakeIptables implements Iptables {
  private static final List<String> BUILT_IN =
      List.of("PREROUTING", "FORWARD", "OUTPUT", "POSTROUTING");

  private Map<String, List<String>> chains = new LinkedHashMap<>();
  private String refused = "\0";
  private final List<String> calls = new ArrayList<>();
  private final List<FakeRestore> residents = new ArrayList<>();

  FakeIptables() {
    for (Table table : Table.values()) {
      BUILT_IN.forEach(c -> chains.put(table + "/" + c, new ArrayList<>()));
    }
  }

  /** From now on rules with that text in them are refused. */
  synchronized void refuse(String text) {
    refused = text;
  }

  /** What programs were run or started, by their names. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Somebody else changes the rules: lines as iptables-restore takes them. */
  synchronized void byHand(String table, String... lines) {
    apply(table, List.of(lines));
  }

  /** Somebody empties every chain and deletes those that are not the kernel's. */
  synchronized void flushAll() {
    chains.keySet().removeIf(c -> !BUILT_IN.contains(c.substring(c.indexOf('/') + 1)));
    chains.values().forEach(List::clear);
  }

  synchronized List<String> rules(String table, String chain) {
    return List.copyOf(chains.getOrDefault(table + "/" + chain, List.of("no such chain")));
  }

  /** The resident program that was started last. */
  synchronized FakeRestore resident() {
    return residents.get(residents.size() - 1);
  }

  @Override
  public synchronized Process start(String program, String... arguments) {
    calls.add("start " + program);
    FakeRestore resident = new FakeRestore(this);
    residents.add(resident);
    return resident;
  }

  @Override
  public synchronized String run(String input, String program, String... arguments) {
    calls.add("run " + program);
    if (program.equals("iptables-save")) {
      return save();
    }
    List<String> lines = new ArrayList<>();
    String table = "";
    for (String line : input.lines().toList()) {
      if (line.startsWith("*")) {
        table = line.substring(1);
      } else if (line.equals("COMMIT")) {
        apply(table, lines);
        lines.clear();
      } else {
        lines.add(line);
      }
    }
    return "";
  }

  /** As iptables-save prints it, counters and all. */
  synchronized String save() {
    StringBuilder text = new StringBuilder();
    for (Table table : Table.values()) {
      text.append("*").append(table).append('\n');
      String prefix = table + "/";
      chains.keySet().stream()
          .filter(c -> c.startsWith(prefix))
          .map(c -> c.substring(prefix.length()))
          .forEach(
              c -> text.append(":" + c + (BUILT_IN.contains(c) ? " ACCEPT" : " -") + " [0:0]\n"));
      chains.forEach(
          (chain, rules) -> {
            if (chain.startsWith(prefix)) {
              rules.forEach(
                  r -> text.append("-A " + chain.substring(prefix.length()) + " " + r + "\n"));
            }
          });
      text.append("COMMIT\n");
    }
    return text.toString();
  }

  /** One table of a transaction; nothing of it where a line is refused. */
  synchronized void apply(String table, List<String> lines) {
    Map<String, List<String>> changed = new LinkedHashMap<>();
    chains.forEach((chain, rules) -> changed.put(chain, new ArrayList<>(rules)));
    lines.forEach(line -> apply(table, line, changed));
    chains = changed;
  }

  private void apply(String table, String line, Map<String, List<String>> changed) {
    if (line.contains(refused)) {
      throw new SystemFailure("iptables-restore failed (2): line refused: " + line);
    }
    if (line.startsWith(":")) {
      String[] words = line.substring(1).split(" ", -1);
      if (words[1].equals("-")) { // a policy leaves the rules alone
        changed.put(table + "/" + words[0], new ArrayList<>());
      }
      return;
    }
    String[] words = line.split(" ", 3);
    String chain = table + "/" + words[1];
    List<String> rules = changed.get(chain);
    if (rules == null) {
      throw new SystemFailure("iptables-restore failed (1): no chain by that name: " + line);
    }
    switch (words[0]) {
      case "-A" -> rules.add(requireTarget(table, words[2], changed));
      case "-I" -> rules.add(0, requireTarget(table, words[2], changed));
      case "-D" -> {
        if (!rules.remove(words[2])) {
          throw new SystemFailure("iptables-restore failed (1): bad rule: " + line);
        }
      }
      case "-F" -> rules.clear();
      case "-X" -> {
        String jump = "-j " + words[1];
        boolean used =
            changed.entrySet().stream()
                .filter(e -> e.getKey().startsWith(table + "/"))
                .anyMatch(e -> e.getValue().stream().anyMatch(r -> r.endsWith(jump)));
        if (used || !rules.isEmpty()) {
          throw new SystemFailure("iptables-restore failed (1): chain is in use: " + line);
        }
        changed.remove(chain);
      }
      default -> throw new SystemFailure("iptables-restore failed (2): unknown option: " + line);
    }
  }

  private static String requireTarget(
      String table, String rule, Map<String, List<String>> changed) {
    String target = rule.replaceFirst(".*-j (\\S+).*", "$1");
    boolean verdict = List.of("ACCEPT", "DROP", "RETURN", "DNAT", "MASQUERADE").contains(target);
    if (!verdict && !changed.containsKey(table + "/" + target)) {
      throw new SystemFailure("iptables-restore failed (2): no chain " + target + ": " + rule);
    }
    return rule;
  }
}
