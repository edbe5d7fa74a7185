package io.jdocker.cgroups;

import java.util.Map;

/** CPU shares and quota on v1. See Documentation/scheduler/sched-bwc.rst of Linux. */
final class V1CpuController implements Controller {
  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    if (limits.cpuShares() > 0) {
      directory.write("weigh its CPU time", "cpu.shares", limits.cpuShares());
    }
    if (limits.effectivePeriod() > 0) {
      directory.write("set the CPU period", "cpu.cfs_period_us", limits.effectivePeriod());
    }
    if (limits.effectiveQuota() != 0) {
      directory.write("limit CPU time a period", "cpu.cfs_quota_us", limits.effectiveQuota());
    }
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    Map<String, Long> table = directory.readTable("cpu.stat");
    stats.periods = table.getOrDefault("nr_periods", 0L);
    stats.throttledPeriods = table.getOrDefault("nr_throttled", 0L);
    stats.throttledTime = table.getOrDefault("throttled_time", 0L);
  }
}
