package io.jdocker.linux.seccomp;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.CapabilitySet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A seccomp policy, from {@link DefaultProfile} or {@link ProfileParser}. Immutable; equal by
 * content.
 */
public final class SeccompProfile {
  /** seccomp(2): log all actions but ALLOW. */
  static final int FLAG_LOG = 2;

  /**
   * seccomp(2): do not switch off speculation for the process (Linux 4.17). The default, as in
   * runc: the loss is large, and Linux 5.16 has made it everyone's default.
   */
  static final int FLAG_SPEC_ALLOW = 4;

  private final SeccompAction defaultAction;
  private final Map<SyscallAbi, Set<SyscallAbi>> abis;
  private final List<SyscallRule> rules;
  private final int flags;

  /**
   * A policy.
   *
   * @param defaultAction what is done with a call that no rule matches
   * @param abis by the machine's own ABI, the others that the policy speaks of; calls of an ABI
   *     that it does not speak of kill the process
   * @param rules where several match a call, one without tests wins, else the first
   * @param flags SECCOMP_FILTER_FLAG_ bits for seccomp(2)
   */
  SeccompProfile(
      SeccompAction defaultAction,
      Map<SyscallAbi, Set<SyscallAbi>> abis,
      List<SyscallRule> rules,
      int flags) {
    this.defaultAction = defaultAction;
    this.abis = Map.copyOf(abis);
    this.rules = List.copyOf(rules);
    this.flags = flags;
  }

  SeccompAction defaultAction() {
    return defaultAction;
  }

  List<SyscallRule> rules() {
    return rules;
  }

  int flags() {
    return flags;
  }

  /** The ABIs that a filter for that machine knows, in the order of {@link SyscallAbi}. */
  Set<SyscallAbi> abisOn(Architecture architecture) {
    SyscallAbi own = SyscallAbi.of(architecture);
    Set<SyscallAbi> all = EnumSet.of(own);
    all.addAll(abis.getOrDefault(own, Set.of()));
    return all;
  }

  /** The rules that hold for a container. */
  List<SyscallRule> rulesFor(
      CapabilitySet container, Architecture architecture, KernelVersion kernel) {
    return rules.stream()
        .filter(rule -> rule.scope().holds(container, architecture.ociName(), kernel))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeccompProfile that
        && defaultAction.equals(that.defaultAction)
        && abis.equals(that.abis)
        && rules.equals(that.rules)
        && flags == that.flags;
  }

  @Override
  public int hashCode() {
    return Objects.hash(defaultAction, abis, rules, flags);
  }
}
