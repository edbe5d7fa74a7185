package io.jdocker.runtime.container;

import io.jdocker.cgroups.CgroupDriver;
import io.jdocker.cgroups.LimitsValidator;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.HostDevices;
import io.jdocker.runtime.launch.KernelSettings;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import java.util.function.Consumer;

/** Looks over what a container may use of its machine. The messages are Docker's. */
record ResourceValidator(LimitsValidator limits, CgroupDriver groups, HostDevices devices) {
  /**
   * Checks it.
   *
   * @param warn gets a warning for each wish that this kernel cannot meet
   * @return the specification without those
   */
  ContainerSpec check(ContainerSpec spec, Consumer<String> warn) {
    ResourceSpec resources = spec.resources();
    if (resources.shmSize() < 0) {
      throw new InvalidArgument("SHM size can not be less than 0");
    }
    if (spec.annotations().containsKey("")) {
      throw new InvalidArgument(
          "invalid Annotations: the empty string is not permitted as an annotation key");
    }
    new SysctlScope(spec).check(KernelSettings.of(resources.kernel()));
    ContainerGroup.driver(groups, spec);
    ContainerDevices.of(spec, devices);
    return spec.withResources(resources.withLimits(limits.check(resources.limits(), warn)));
  }
}
