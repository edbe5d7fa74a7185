package io.jdocker.cgroups;

import java.util.Set;

/** CPUs and memory nodes on v2. An empty set means the parent's. */
final class V2CpusetController implements Controller {
  @Override
  public String name() {
    return "cpuset";
  }

  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    return Set.of(Ability.CPUSET);
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    if (!limits.cpu().cpus().isEmpty()) {
      directory.write("pin it to CPUs", "cpuset.cpus", limits.cpu().cpus());
    }
    if (!limits.cpu().mems().isEmpty()) {
      directory.write("pin it to memory nodes", "cpuset.mems", limits.cpu().mems());
    }
  }
}
