package io.jdocker.network.doctor;

import io.jdocker.network.rules.SavedRule;
import java.util.List;

/** Rules in the engine's chains that belong to nothing. */
final class StaleRules implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    List<SavedRule> stale = new RuleComparison(patient).stale();
    if (stale.isEmpty()) {
      return List.of();
    }
    SavedRule first = stale.get(0);
    return List.of(
        new Finding(
            "rule-stale",
            stale.size()
                + " rules stand in the engine's chains that it did not put there, the first: "
                + ("iptables -t " + first.table() + " -A " + first.chain() + " " + first.text()),
            "traffic may go where no container listens, or be dropped",
            "jdocker network reload; rules of your own belong into JDOCKER-USER"));
  }
}
