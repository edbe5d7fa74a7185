package io.jdocker.cgroups;

import java.util.List;

/**
 * What a container may use, in the units of Docker's API. Zero or empty means: not limited, or, in
 * an update, left as it is.
 *
 * @param memory bytes
 * @param memorySwap bytes of memory and swap together; -1: swap without limit
 * @param memoryReservation bytes below which memory is not reclaimed
 * @param memorySwappiness 0 to 100, -1 where unset; v1 only
 * @param oomKillDisable stop processes for want of memory instead of killing one; v1 only
 * @param nanoCpus CPUs, in 10^-9
 * @param cpuPeriod microseconds
 * @param cpuQuota microseconds a period; -1: without limit
 * @param cpuShares relative weight, 2 to 262144, where 1024 is the usual
 * @param cpusetCpus {@code 0-2,7}
 * @param cpusetMems memory nodes, likewise
 * @param pids how many processes and threads; -1: without limit
 * @param blkioWeight 10 to 1000
 * @param devices rules in order; empty: no device at all can be opened
 */
public record Limits(
    long memory,
    long memorySwap,
    long memoryReservation,
    long memorySwappiness,
    boolean oomKillDisable,
    long nanoCpus,
    long cpuPeriod,
    long cpuQuota,
    long cpuShares,
    String cpusetCpus,
    String cpusetMems,
    long pids,
    int blkioWeight,
    List<DeviceRule> devices) {
  /** The period in which a number of CPUs is counted, in microseconds: the kernel's own default. */
  private static final long USUAL_PERIOD = 100_000;

  private static final long NANOS = 1_000_000_000;

  public Limits {
    devices = List.copyOf(devices);
  }

  /** No limit but that of devices: what a plain {@code docker run} gets. */
  public static Limits none() {
    return builder().build();
  }

  public static LimitsBuilder builder() {
    return new LimitsBuilder();
  }

  /** The CPU period to set, in microseconds; 0 for none. */
  public long effectivePeriod() {
    return nanoCpus > 0 ? USUAL_PERIOD : cpuPeriod;
  }

  /** The CPU quota to set, in microseconds; 0 for none, -1 for without limit. */
  public long effectiveQuota() {
    return nanoCpus > 0 ? nanoCpus * USUAL_PERIOD / NANOS : cpuQuota;
  }

  /** Memory and swap together: twice the memory unless told otherwise, as Docker does. */
  public long effectiveSwap() {
    return memorySwap == 0 && memory > 0 ? 2 * memory : memorySwap;
  }
}
