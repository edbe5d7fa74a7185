package io.jdocker.cgroups;

import io.jdocker.linux.failure.SystemFailure;

/**
 * Stops and continues all processes of a cgroup, on v1. See
 * Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst of Linux.
 */
final class V1Freezer implements Freezer {
  /** The controller's name. */
  static final String NAME = "freezer";

  private static final String STATE = "freezer.state";
  private static final String FROZEN = "FROZEN";

  private final ControlDirectory directory;

  V1Freezer(ControlDirectory directory) {
    this.directory = directory;
  }

  /**
   * Writes FROZEN until the state says so: a process that was just being made may slip through once
   * and the state stays FREEZING until the next write.
   */
  @Override
  public void freeze() {
    Deadline deadline = Deadline.ofSeconds(10);
    do {
      directory.write("freeze it", STATE, FROZEN);
      if (isFrozen()) {
        return;
      }
    } while (deadline.pause());
    thaw();
    throw new SystemFailure(
        "cannot freeze "
            + directory.path()
            + ": a process in it does not stop, probably waiting for a device or a network file"
            + " system (state D in ps)");
  }

  @Override
  public void thaw() {
    directory.write("let it run on", STATE, "THAWED");
  }

  @Override
  public boolean isFrozen() {
    return directory.read(STATE).equals(FROZEN);
  }
}
