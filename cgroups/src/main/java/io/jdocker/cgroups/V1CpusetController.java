package io.jdocker.cgroups;

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

  static boolean isWanted(Limits limits) {
    return !limits.cpusetCpus().isEmpty() || !limits.cpusetMems().isEmpty();
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    if (!limits.cpusetCpus().isEmpty()) {
      directory.write("pin it to CPUs", CPUS, limits.cpusetCpus());
    }
    if (!limits.cpusetMems().isEmpty()) {
      directory.write("pin it to memory nodes", MEMS, limits.cpusetMems());
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
