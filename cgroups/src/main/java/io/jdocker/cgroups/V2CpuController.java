package io.jdocker.cgroups;

import java.util.Map;
import java.util.Set;

/** CPU weight, quota and use on v2. See Documentation/admin-guide/cgroup-v2.rst of Linux. */
final class V2CpuController implements Controller {
  private static final long MIN_SHARES = 2;
  private static final long MAX_SHARES = 262_144;
  private static final long USUAL_PERIOD = 100_000;
  private static final long NANOS_PER_MICRO = 1_000;

  @Override
  public String name() {
    return "cpu";
  }

  /** No real-time scheduling: v2 has no control for it. */
  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    return Set.of(Ability.CPU_SHARES, Ability.CPU_QUOTA);
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    CpuLimits cpu = limits.cpu();
    if (cpu.shares() > 0) {
      directory.write("weigh its CPU time", "cpu.weight", weight(cpu.shares()));
    }
    if (cpu.effectiveQuota() != 0 || cpu.effectivePeriod() > 0) {
      directory.write("limit CPU time", "cpu.max", quota(cpu));
    }
  }

  private static String quota(CpuLimits cpu) {
    long period = cpu.effectivePeriod() > 0 ? cpu.effectivePeriod() : USUAL_PERIOD;
    return (cpu.effectiveQuota() > 0 ? cpu.effectiveQuota() : "max") + " " + period;
  }

  /**
   * Shares of v1 as a weight of v2, as runc and crun convert them: a curve through (2, 1), (1024,
   * 100) and (262144, 10000), so that the usual shares give the usual weight.
   */
  static long weight(long shares) {
    if (shares <= MIN_SHARES) {
      return 1;
    }
    if (shares >= MAX_SHARES) {
      return 10_000;
    }
    double log = Math.log((double) shares) / Math.log(2);
    double exponent = (log * log + 125 * log) / 612.0 - 7.0 / 34.0;
    return (long) Math.ceil(Math.pow(10, exponent));
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    Map<String, Long> table = directory.readTable("cpu.stat");
    stats.cpuTotal = micros(table, "usage_usec");
    stats.cpuUser = micros(table, "user_usec");
    stats.cpuKernel = micros(table, "system_usec");
    stats.periods = table.getOrDefault("nr_periods", 0L);
    stats.throttledPeriods = table.getOrDefault("nr_throttled", 0L);
    stats.throttledTime = micros(table, "throttled_usec");
  }

  private static long micros(Map<String, Long> table, String name) {
    return table.getOrDefault(name, 0L) * NANOS_PER_MICRO;
  }
}
