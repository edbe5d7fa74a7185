package io.jdocker.linux.seccomp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is decided for each call number under one AUDIT_ARCH value, and from it the ranges of equal
 * decisions. Numbers are unsigned: x32's have bit 30 set.
 */
final class DecisionMap {
  private static final Comparator<Integer> UNSIGNED = Integer::compareUnsigned;

  private final SeccompAction defaultAction;
  private final Map<Integer, List<SyscallRule>> rules = new TreeMap<>(UNSIGNED);

  /** Where the answer for numbers without a rule changes. */
  private final Map<Integer, SeccompAction> silent = new TreeMap<>(UNSIGNED);

  /** For each ABI's base, the highest number that a rule names there. */
  private final Map<Integer, Integer> newest = new TreeMap<>(UNSIGNED);

  DecisionMap(SeccompAction defaultAction) {
    this.defaultAction = defaultAction;
  }

  void addAbi(SyscallAbi abi) {
    silent.put(abi.base(), defaultAction);
  }

  /**
   * Adds a rule for a call. One that does what the default does anyway only tells that the profile
   * knows the call: it must not shadow others (libseccomp refuses it, runc leaves it out).
   *
   * @param number as in the ABI's table
   */
  void add(SyscallAbi abi, int number, SyscallRule rule) {
    if (number < abi.privateStart()) {
      newest.merge(abi.base(), number, Math::max);
    }
    if (!rule.action().equals(defaultAction)) {
      rules.computeIfAbsent(abi.base() + number, n -> new ArrayList<>(2)).add(rule);
    }
  }

  /**
   * An ABI the profile does not speak of, from that number on. Where the default is to allow, its
   * calls would get round every rule, so they kill the process.
   */
  void refuseFrom(int start) {
    silent.put(start, newerThanProfile(SeccompAction.KILL_PROCESS));
  }

  /** The ranges, ordered, covering every number. */
  List<SearchTree.Range> ranges() {
    Map<Integer, SeccompAction> unnamed = new TreeMap<>(UNSIGNED);
    unnamed.putAll(silent);
    SeccompAction newer = newerThanProfile(defaultAction);
    newest.forEach((base, number) -> unnamed.put(base + number + 1, newer));
    List<SearchTree.Range> ranges = new ArrayList<>();
    SeccompAction current = defaultAction;
    for (int start :
        Stream.of(unnamed.keySet(), rules.keySet(), followers())
            .flatMap(Collection::stream)
            .sorted(UNSIGNED)
            .distinct()
            .toList()) {
      current = unnamed.getOrDefault(start, current);
      List<BpfInstruction> code = code(rules.getOrDefault(start, List.of()), current);
      if (ranges.isEmpty() || !ranges.get(ranges.size() - 1).code().equals(code)) {
        ranges.add(new SearchTree.Range(start, code));
      }
    }
    return ranges;
  }

  /** The numbers after those with rules, where the answer may fall back to the default. */
  private List<Integer> followers() {
    return rules.keySet().stream().map(number -> number + 1).toList();
  }

  private SeccompAction newerThanProfile(SeccompAction whenPermissive) {
    return defaultAction.permits() ? whenPermissive : SeccompAction.errno(SeccompAction.ENOSYS);
  }

  private List<BpfInstruction> code(List<SyscallRule> matching, SeccompAction otherwise) {
    for (SyscallRule rule : matching) {
      if (rule.tests().isEmpty()) {
        return List.of(BpfInstruction.returns(rule.action()));
      }
    }
    List<BpfInstruction> code = new ArrayList<>();
    for (SyscallRule rule : matching) {
      code.addAll(ArgumentCode.when(rule.tests(), rule.action()));
    }
    code.add(BpfInstruction.returns(matching.isEmpty() ? otherwise : defaultAction));
    return code;
  }
}
