package io.jdocker.cgroups;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** CPU shares and quota on v1. See Documentation/scheduler/sched-bwc.rst of Linux. */
final class V1CpuController implements Controller {
  private static final String SHARES = "cpu.shares";
  private static final String PERIOD = "cpu.cfs_period_us";
  private static final String QUOTA = "cpu.cfs_quota_us";
  private static final String REALTIME_PERIOD = "cpu.rt_period_us";
  private static final String REALTIME_RUNTIME = "cpu.rt_runtime_us";

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    Set<Ability> found = EnumSet.noneOf(Ability.class);
    top.addIfHas(SHARES, Ability.CPU_SHARES, found);
    top.addIfHas(QUOTA, Ability.CPU_QUOTA, found);
    top.addIfHas(REALTIME_RUNTIME, Ability.CPU_REALTIME, found);
    return found;
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    CpuLimits cpu = limits.cpu();
    if (cpu.shares() > 0) {
      directory.write("weigh its CPU time", SHARES, cpu.shares());
    }
    if (cpu.effectivePeriod() > 0) {
      directory.write("set the CPU period", PERIOD, cpu.effectivePeriod());
    }
    if (cpu.effectiveQuota() != 0) {
      directory.write("limit CPU time a period", QUOTA, cpu.effectiveQuota());
    }
    if (cpu.realtimePeriod() > 0) {
      directory.write("set the real-time period", REALTIME_PERIOD, cpu.realtimePeriod());
    }
    if (cpu.realtimeRuntime() > 0) {
      directory.write(
          "give it real-time CPU time, of which the groups above it must have as much",
          REALTIME_RUNTIME,
          cpu.realtimeRuntime());
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
