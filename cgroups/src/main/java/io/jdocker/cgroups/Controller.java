package io.jdocker.cgroups;

import java.util.List;
import java.util.Set;

/**
 * One kernel controller on one cgroup version: knows its control files, and nothing else. Stateless
 * and thread-safe.
 */
interface Controller {
  /** The kernel's name for it: {@code memory}. */
  String name();

  /**
   * Which limits of its subject this kernel has.
   *
   * @param top the hierarchy's top folder
   */
  default Set<Ability> abilities(ControlDirectory top) {
    return Set.of();
  }

  /** Sets the limits of a new cgroup; only what differs from the kernel's defaults is written. */
  default void create(Limits limits, List<DeviceRule> devices, ControlDirectory directory) {
    update(limits, directory);
  }

  /** Sets the limits that are given and leaves the others. */
  void update(Limits limits, ControlDirectory directory);

  /** Adds what this controller counts. */
  default void measure(ControlDirectory directory, StatsBuilder stats) {}
}
