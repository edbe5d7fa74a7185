package io.jdocker.linux.seccomp;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.CapabilitySet;
import java.util.List;
import java.util.Map;

/**
 * Evaluates a profile's rules one by one, without compiling them: what a filter is held against.
 */
final class RuleOracle {
  private final SeccompProfile profile;
  private final List<SyscallRule> rules;

  RuleOracle(
      SeccompProfile profile,
      CapabilitySet capabilities,
      Architecture architecture,
      KernelVersion kernel) {
    this.profile = profile;
    this.rules = profile.rulesFor(capabilities, architecture, kernel);
  }

  /** True when a rule speaks of the call. */
  boolean names(String name) {
    return rules.stream().anyMatch(rule -> rule.names().contains(name));
  }

  int newestNamed(Map<String, Integer> numbers, int below) {
    return numbers.entrySet().stream()
        .filter(entry -> names(entry.getKey()) && entry.getValue() < below)
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(-1);
  }

  /** The action's value for a call with these arguments. */
  int verdict(String name, long... arguments) {
    List<SyscallRule> matching =
        rules.stream()
            .filter(rule -> rule.names().contains(name))
            .filter(rule -> !rule.action().equals(profile.defaultAction()))
            .filter(rule -> rule.tests().stream().allMatch(test -> holds(test, arguments)))
            .toList();
    return matching.stream()
        .filter(rule -> rule.tests().isEmpty())
        .findFirst()
        .or(() -> matching.stream().findFirst())
        .map(SyscallRule::action)
        .orElse(profile.defaultAction())
        .value();
  }

  static boolean holds(ArgumentTest test, long... arguments) {
    long argument = test.index() < arguments.length ? arguments[test.index()] : 0;
    int order = Long.compareUnsigned(argument, test.value());
    return switch (test.comparison()) {
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case EQ -> order == 0;
      case GE -> order >= 0;
      case GT -> order > 0;
      case MASKED_EQ -> (argument & test.mask()) == test.value();
    };
  }
}
