package io.jdocker.network.firewall;

import java.util.Optional;

/**
 * A rule and how its chain is entered.
 *
 * @param jump for a chain that comes and goes with its rules: the rule that leads there
 */
record Placement(Rule rule, Optional<Rule> jump) {
  static Placement of(Rule rule) {
    return new Placement(rule, Optional.empty());
  }
}
