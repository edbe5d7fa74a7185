package io.jdocker.cgroups;

import java.util.Set;

/** Number of processes and threads, with the same files on v1 and v2. */
final class PidsController implements Controller {
  @Override
  public String name() {
    return "pids";
  }

  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    return Set.of(Ability.PIDS);
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    if (limits.pids() != 0) {
      // Docker's -1 is the kernel's "max"; a limit of 0 would forbid the first process.
      String value = limits.pids() < 0 ? "max" : Long.toString(limits.pids());
      directory.write("limit the number of processes", "pids.max", value);
    }
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    stats.pids =
        new CgroupStats.Pids(
            directory.readNumber("pids.current"), directory.readNumber("pids.max"));
  }
}
