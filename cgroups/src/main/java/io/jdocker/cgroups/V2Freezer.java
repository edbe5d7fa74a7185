package io.jdocker.cgroups;

import io.jdocker.linux.failure.SystemFailure;

/** Stops and continues all processes of a cgroup, on v2 (Linux 5.2). */
final class V2Freezer implements Freezer {
  private static final String SWITCH = "cgroup.freeze";
  private static final String FROZEN = "frozen";

  private final ControlDirectory directory;
  private final CgroupEvents events;

  V2Freezer(ControlDirectory directory, CgroupEvents events) {
    this.directory = directory;
    this.events = events;
  }

  @Override
  public void freeze() {
    directory.write("freeze it", SWITCH, 1);
    if (!events.await(FROZEN, 1, Deadline.ofSeconds(10))) {
      thaw();
      throw new SystemFailure(
          "cannot freeze "
              + directory.path()
              + ": a process in it does not stop, probably waiting for a device or a network file"
              + " system (state D in ps)");
    }
  }

  @Override
  public void thaw() {
    directory.write("let it run on", SWITCH, 0);
  }

  @Override
  public boolean isFrozen() {
    return events.has(FROZEN, 1);
  }
}
