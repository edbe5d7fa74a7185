package io.jdocker.cgroups;

import java.util.Set;

/**
 * CPUs and memory nodes on v1. See Documentation/admin-guide/cgroup-v1/cpusets.rst of Linux. Only
 * containers that are pinned have a folder here: a new one is empty and takes no process until it
 * has both sets.
 */
final class V1CpusetController implements Controller {
  static final String NAME = "cpuset";
  private static final String CPUS = "cpuset.cpus";
  private static final String MEMS = "cpuset.mems";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    return Set.of(Ability.CPUSET);
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    if (!limits.cpu().cpus().isEmpty()) {
      directory.write("pin it to CPUs", CPUS, limits.cpu().cpus());
    }
    if (!limits.cpu().mems().isEmpty()) {
      directory.write("pin it to memory nodes", MEMS, limits.cpu().mems());
    }
  }

  /** Takes over from the folder above what is empty. */
  static void inherit(ControlDirectory above, ControlDirectory directory) {
    for (String name : new String[] {CPUS, MEMS}) {
      if (directory.read(name).isEmpty()) {
        directory.write("take over the parent's " + name, name, above.read(name));
      }
    }
  }
}
