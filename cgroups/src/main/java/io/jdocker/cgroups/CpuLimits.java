package io.jdocker.cgroups;

/**
 * What CPU time a container may use, and on which CPUs. Zero or empty: no limit.
 *
 * @param nanoCpus CPUs, in 10^-9; the same as a quota of a usual period
 * @param period microseconds
 * @param quota microseconds a period; -1: without limit
 * @param shares relative weight, 2 to 262144, where 1024 is the usual
 * @param realtimePeriod microseconds; v1 with CONFIG_RT_GROUP_SCHED only
 * @param realtimeRuntime microseconds a period for processes of a real-time policy; likewise
 * @param cpus list of CPUs as cpuset(7) writes it: {@code 0-2,7}
 * @param mems list of memory nodes, likewise
 */
public record CpuLimits(
    long nanoCpus,
    long period,
    long quota,
    long shares,
    long realtimePeriod,
    long realtimeRuntime,
    String cpus,
    String mems) {
  /** The period in which a number of CPUs is counted, in microseconds: the kernel's own default. */
  private static final long USUAL_PERIOD = 100_000;

  private static final long NANOS = 1_000_000_000;

  public static CpuLimits none() {
    return new CpuLimits(0, 0, 0, 0, 0, 0, "", "");
  }

  /** The CPU period to set, in microseconds; 0 for none. */
  public long effectivePeriod() {
    return nanoCpus > 0 ? USUAL_PERIOD : period;
  }

  /** The CPU quota to set, in microseconds; 0 for none, -1 for without limit. */
  public long effectiveQuota() {
    return nanoCpus > 0 ? nanoCpus * USUAL_PERIOD / NANOS : quota;
  }

  boolean isPinned() {
    return !cpus.isEmpty() || !mems.isEmpty();
  }

  /** With what the change sets in place of what it was. */
  CpuLimits updatedBy(CpuLimits change) {
    return new CpuLimits(
        Limits.firstSet(change.nanoCpus, nanoCpus),
        Limits.firstSet(change.period, period),
        Limits.firstSet(change.quota, quota),
        Limits.firstSet(change.shares, shares),
        Limits.firstSet(change.realtimePeriod, realtimePeriod),
        Limits.firstSet(change.realtimeRuntime, realtimeRuntime),
        change.cpus.isEmpty() ? cpus : change.cpus,
        change.mems.isEmpty() ? mems : change.mems);
  }
}
