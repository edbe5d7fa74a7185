package io.jdocker.cgroups;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** CPU time used, on v1. See Documentation/admin-guide/cgroup-v1/cpuacct.rst of Linux. */
final class V1CpuAccounting implements Controller {
  /** cpuacct.stat counts in USER_HZ, which is 100 a second on every architecture of ours. */
  private static final long NANOS_PER_TICK = 10_000_000;

  @Override
  public String name() {
    return "cpuacct";
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {}

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    Map<String, Long> ticks = directory.readTable("cpuacct.stat");
    stats.cpuTotal = directory.readNumber("cpuacct.usage");
    stats.cpuUser = ticks.getOrDefault("user", 0L) * NANOS_PER_TICK;
    stats.cpuKernel = ticks.getOrDefault("system", 0L) * NANOS_PER_TICK;
    String perCpu = directory.read("cpuacct.usage_percpu");
    stats.perCpu =
        perCpu.isEmpty()
            ? List.of()
            : Arrays.stream(perCpu.split(" ", -1)).map(Long::parseLong).toList();
  }
}
