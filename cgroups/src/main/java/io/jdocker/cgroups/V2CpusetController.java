package io.jdocker.cgroups;

/** CPUs and memory nodes on v2. An empty set means the parent's. */
final class V2CpusetController implements Controller {
  @Override
  public String name() {
    return "cpuset";
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    if (!limits.cpusetCpus().isEmpty()) {
      directory.write("pin it to CPUs", "cpuset.cpus", limits.cpusetCpus());
    }
    if (!limits.cpusetMems().isEmpty()) {
      directory.write("pin it to memory nodes", "cpuset.mems", limits.cpusetMems());
    }
  }
}
