package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.cgroups.CgroupDriver;
import io.jdocker.runtime.spec.ContainerSpec;
import java.util.Optional;

/** Where a container's control group lies. */
final class ContainerGroup {
  private ContainerGroup() {}

  /** The driver whose parent folder the container's group lies in. */
  static CgroupDriver driver(CgroupDriver engines, ContainerSpec spec) {
    String parent = spec.resources().cgroupParent();
    return parent.isEmpty()
        ? engines
        : engines.under(parent.startsWith("/") ? parent : "/" + parent);
  }

  /** The container's control group, where it has one. */
  static Optional<Cgroup> find(CgroupDriver engines, Container container) {
    return driver(engines, container.record().spec()).find(container.id().hex());
  }
}
