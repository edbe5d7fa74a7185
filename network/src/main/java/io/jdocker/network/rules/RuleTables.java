package io.jdocker.network.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a network namespace. Immutable. */
public final class RuleTables {
  /**
   * A chain.
   *
   * @param policy what becomes of a packet at its end; empty for a chain that somebody made
   */
  public record Chain(String table, String name, String policy, List<SavedRule> rules) {}

  private final Map<String, Chain> chains;

  private RuleTables(Map<String, Chain> chains) {
    this.chains = Map.copyOf(chains);
  }

  /** No rules at all. */
  public static RuleTables none() {
    return new RuleTables(Map.of());
  }

  /** Reads what iptables-save(8) prints. */
  public static RuleTables parse(String saved) {
    Map<String, Chain> chains = new LinkedHashMap<>();
    String table = "";
    for (String line : saved.split("\n", -1)) {
      if (line.startsWith("*")) {
        table = line.substring(1).strip();
      } else if (line.startsWith(":")) {
        List<String> words = Words.of(line.substring(1));
        if (words.isEmpty()) {
          continue; // no chain at all
        }
        String policy = words.size() > 1 && !words.get(1).equals("-") ? words.get(1) : "";
        chains.put(
            table + "/" + words.get(0), new Chain(table, words.get(0), policy, new ArrayList<>()));
      } else if (line.startsWith("-A ")) {
        String[] parts = line.split(" ", 3);
        String name = parts[1];
        String of = table;
        chains
            .computeIfAbsent(table + "/" + name, c -> new Chain(of, name, "", new ArrayList<>()))
            .rules()
            .add(RuleParser.parse(table, name, parts.length < 3 ? "" : parts[2]));
      }
    }
    return new RuleTables(chains);
  }

  /** Reads one rule: all behind the chain's name. */
  public static SavedRule rule(String table, String chain, String text) {
    return RuleParser.parse(table, chain, text);
  }

  /** A chain with its rules; one that is not there has none. */
  public Chain chain(String table, String name) {
    return chains.getOrDefault(table + "/" + name, new Chain(table, name, "", List.of()));
  }

  public boolean has(String table, String name) {
    return chains.containsKey(table + "/" + name);
  }

  /** Every rule, in no order. */
  public List<SavedRule> all() {
    return chains.values().stream().flatMap(c -> c.rules().stream()).toList();
  }
}
