package io.jdocker.network.doctor;

import io.jdocker.network.firewall.Rule;
import java.util.List;

/** Somebody flushed the firewall, or a part of it. */
final class MissingRules implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    List<Rule> missing = new RuleComparison(patient).missing();
    if (missing.isEmpty()) {
      return List.of();
    }
    Rule first = missing.get(0);
    return List.of(
        new Finding(
            "rule-missing",
            missing.size()
                + " of the engine's rules are gone, the first: "
                + first.shell("iptables"),
            "published ports, the way out of containers or their separation do not work",
            "jdocker network reload"));
  }
}
