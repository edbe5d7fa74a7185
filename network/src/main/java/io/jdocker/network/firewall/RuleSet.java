package io.jdocker.network.firewall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules that should stand in our own chains. Changes come back as the transaction that makes
 * them true in the kernel; {@link #rebuild} gives the one that makes everything true, whatever
 * there is. One thread at a time.
 */
final class RuleSet {
  private final Map<Chain, Set<Rule>> chains = new LinkedHashMap<>();

  /** Blocks are entered by a jump, which comes and goes with their rules. */
  private final Map<Chain, Rule> jumps = new LinkedHashMap<>();

  /** Makes a chain that stays, with its first rules. */
  void found(Chain chain, List<Rule> rules) {
    chains.put(chain, new LinkedHashSet<>(rules));
  }

  /** Adds rules; one that is there already stays as it is. */
  Transaction add(Collection<Placement> placements) {
    Transaction change = new Transaction();
    for (Placement placement : placements) {
      Rule rule = placement.rule();
      Set<Rule> rules = chains.get(rule.chain());
      if (rules == null) {
        Rule jump =
            placement
                .jump()
                .orElseThrow(
                    () -> new IllegalStateException("chain " + rule.chain() + " is unknown"));
        rules = new LinkedHashSet<>();
        chains.put(rule.chain(), rules);
        jumps.put(rule.chain(), jump);
        chains.get(jump.chain()).add(jump);
        change.reset(rule.chain()).append(jump);
      }
      if (rules.add(rule)) {
        change.append(rule);
      }
    }
    return change;
  }

  /** Removes rules, and the blocks that are empty then; a rule that is not there is passed over. */
  Transaction remove(Collection<Placement> placements) {
    Transaction change = new Transaction();
    List<Chain> emptied = new ArrayList<>();
    for (Placement placement : placements) {
      Rule rule = placement.rule();
      Set<Rule> rules = chains.get(rule.chain());
      if (rules == null || !rules.remove(rule)) {
        continue;
      }
      change.delete(rule);
      if (rules.isEmpty() && jumps.containsKey(rule.chain())) {
        emptied.add(rule.chain());
      }
    }
    for (Chain chain : emptied) {
      Rule jump = jumps.remove(chain);
      chains.remove(chain);
      chains.get(jump.chain()).remove(jump);
      change.delete(jump).drop(chain);
    }
    return change;
  }

  /**
   * Sets every chain to what it should hold. Chains that the kernel has and nobody wants any more
   * are removed.
   *
   * @param present our chains that the kernel has
   */
  Transaction rebuild(Set<Chain> present) {
    Transaction change = new Transaction();
    List<Chain> stale = present.stream().filter(c -> !chains.containsKey(c)).toList();
    stale.forEach(change::reset);
    chains.keySet().forEach(change::reset);
    chains.values().forEach(rules -> rules.forEach(change::append));
    stale.forEach(change::drop);
    return change;
  }

  Set<Chain> chains() {
    return chains.keySet();
  }

  List<Rule> rules(Chain chain) {
    return List.copyOf(chains.getOrDefault(chain, Set.of()));
  }
}
