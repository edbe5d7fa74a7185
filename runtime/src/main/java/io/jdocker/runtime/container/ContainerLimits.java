package io.jdocker.runtime.container;

import io.jdocker.cgroups.DeviceRule;
import io.jdocker.cgroups.Limits;
import io.jdocker.cgroups.LimitsBuilder;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import java.util.List;

/** A container's limits as its control group takes them. */
final class ContainerLimits {
  private ContainerLimits() {}

  static Limits of(ContainerSpec spec) {
    ResourceSpec resources = spec.resources();
    LimitsBuilder limits =
        Limits.builder()
            .memory(resources.memory())
            .memorySwap(resources.memorySwap())
            .memoryReservation(resources.memoryReservation())
            .nanoCpus(resources.nanoCpus())
            .cpuPeriod(resources.cpuPeriod())
            .cpuQuota(resources.cpuQuota())
            .cpuShares(resources.cpuShares())
            .cpusetCpus(resources.cpusetCpus())
            .cpusetMems(resources.cpusetMems())
            .pids(resources.pids());
    if (spec.security().privileged()) {
      limits.devices(List.of(DeviceRule.allowAll()));
    }
    return limits.build();
  }
}
