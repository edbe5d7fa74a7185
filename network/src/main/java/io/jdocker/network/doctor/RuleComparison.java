package io.jdocker.network.doctor;

import io.jdocker.network.firewall.Chain;
import io.jdocker.network.firewall.Rule;
import io.jdocker.network.firewall.Table;
import io.jdocker.network.rules.Match;
import io.jdocker.network.rules.RuleTables;
import io.jdocker.network.rules.SavedRule;
import io.jdocker.network.rules.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that should be there beside those that are. They are compared by what they say:
 * iptables-save writes a rule in other words than it was given in.
 */
final class RuleComparison {
  private final Patient patient;

  RuleComparison(Patient patient) {
    this.patient = patient;
  }

  /** A rule without its words. */
  private record Meaning(String table, String chain, Set<Match> matches, Target target) {
    static Meaning of(SavedRule rule) {
      return new Meaning(rule.table(), rule.chain(), new HashSet<>(rule.matches()), rule.target());
    }

    static Meaning of(Rule rule) {
      return of(RuleTables.rule(rule.chain().table().toString(), rule.chain().name(), rule.text()));
    }
  }

  /** Rules of the engine that the kernel does not have. */
  List<Rule> missing() {
    Set<Meaning> present = new HashSet<>();
    patient.rules().all().forEach(r -> present.add(Meaning.of(r)));
    return patient.firewall().expected().stream()
        .filter(r -> !present.contains(Meaning.of(r)))
        .toList();
  }

  /** Rules in the engine's own chains that it knows nothing of. */
  List<SavedRule> stale() {
    List<Rule> expected = patient.firewall().expected();
    if (expected.isEmpty()) {
      return List.of();
    }
    Set<Meaning> known = new HashSet<>();
    expected.forEach(r -> known.add(Meaning.of(r)));
    List<SavedRule> stale = new ArrayList<>();
    for (SavedRule rule : patient.rules().all()) {
      boolean ours = chain(rule).filter(patient.firewall()::owns).isPresent();
      if (ours && !known.contains(Meaning.of(rule))) {
        stale.add(rule);
      }
    }
    return stale;
  }

  private static Optional<Chain> chain(SavedRule rule) {
    return Arrays.stream(Table.values())
        .filter(t -> t.toString().equals(rule.table()))
        .map(t -> new Chain(t, rule.chain()))
        .findFirst();
  }
}
