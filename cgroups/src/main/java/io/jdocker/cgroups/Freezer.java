package io.jdocker.cgroups;

/** Stops and continues the processes of one cgroup. */
interface Freezer {
  /** Returns once no process runs any more. */
  void freeze();

  void thaw();

  boolean isFrozen();
}
