package io.jdocker.cgroups;

/**
 * One kernel controller on one cgroup version: knows its control files, and nothing else. Stateless
 * and thread-safe.
 */
interface Controller {
  /** The kernel's name for it: {@code memory}. */
  String name();

  /** Sets the limits of a new cgroup; only what differs from the kernel's defaults is written. */
  default void create(Limits limits, ControlDirectory directory) {
    update(limits, directory);
  }

  /** Sets the limits that are given and leaves the others. */
  void update(Limits limits, ControlDirectory directory);

  /** Adds what this controller counts. */
  default void measure(ControlDirectory directory, StatsBuilder stats) {}
}
