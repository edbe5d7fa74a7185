package io.jdocker.linux.seccomp;

import io.jdocker.linux.capability.CapabilitySet;
import java.util.Optional;
import java.util.Set;

/**
 * For which containers a rule holds.
 *
 * @param capabilities it holds when the container has all of them
 * @param architectures it holds on these machines only, by GOARCH name; empty: on all
 * @param minKernel it holds from this kernel on; null: on all
 * @param excludedCapabilities it does not hold when the container has one of them
 * @param excludedArchitectures it does not hold on these machines
 * @param excludedFromKernel it does not hold from this kernel on; null: on all
 */
record RuleScope(
    CapabilitySet capabilities,
    Set<String> architectures,
    KernelVersion minKernel,
    CapabilitySet excludedCapabilities,
    Set<String> excludedArchitectures,
    KernelVersion excludedFromKernel) {
  /** Holds for every container. */
  static final RuleScope EVERYWHERE =
      new RuleScope(CapabilitySet.empty(), Set.of(), null, CapabilitySet.empty(), Set.of(), null);

  static RuleScope withCapabilities(CapabilitySet needed) {
    return new RuleScope(needed, Set.of(), null, CapabilitySet.empty(), Set.of(), null);
  }

  static RuleScope withoutCapabilities(CapabilitySet excluded) {
    return new RuleScope(CapabilitySet.empty(), Set.of(), null, excluded, Set.of(), null);
  }

  static RuleScope onArchitectures(String... names) {
    return new RuleScope(
        CapabilitySet.empty(), Set.of(names), null, CapabilitySet.empty(), Set.of(), null);
  }

  static RuleScope fromKernel(int major, int minor) {
    return new RuleScope(
        CapabilitySet.empty(),
        Set.of(),
        new KernelVersion(major, minor),
        CapabilitySet.empty(),
        Set.of(),
        null);
  }

  boolean holds(CapabilitySet container, String architecture, KernelVersion kernel) {
    return capabilities.minus(container).isEmpty()
        && (architectures.isEmpty() || architectures.contains(architecture))
        && Optional.ofNullable(minKernel).map(kernel::isAtLeast).orElse(true)
        && excludedCapabilities.intersect(container).isEmpty()
        && !excludedArchitectures.contains(architecture)
        && !Optional.ofNullable(excludedFromKernel).map(kernel::isAtLeast).orElse(false);
  }
}
