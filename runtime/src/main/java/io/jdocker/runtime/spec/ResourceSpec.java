package io.jdocker.runtime.spec;

/**
 * Limits, each 0 where the user sets none.
 *
 * @param memory bytes
 * @param memorySwap bytes of memory and swap together; -1: no limit of swap; 0: twice the memory
 * @param memoryReservation bytes
 * @param nanoCpus billionths of a CPU
 * @param cpuShares weight, 1024 is one share
 * @param cpuPeriod microseconds
 * @param cpuQuota microseconds a period
 * @param cpusetCpus list of CPUs as cpuset(7) writes it, or empty
 * @param cpusetMems list of memory nodes, or empty
 * @param pids processes and threads; -1: no limit
 * @param shmSize bytes of /dev/shm; 0: 64 MiB
 */
public record ResourceSpec(
    long memory,
    long memorySwap,
    long memoryReservation,
    long nanoCpus,
    long cpuShares,
    long cpuPeriod,
    long cpuQuota,
    String cpusetCpus,
    String cpusetMems,
    long pids,
    long shmSize) {
  private static final long DEFAULT_SHM_SIZE = 64L << 20;

  /** No limit at all. */
  public static ResourceSpec none() {
    return new ResourceSpec(0, 0, 0, 0, 0, 0, 0, "", "", 0, 0);
  }

  /** Without a wish of its own, as much swap as memory. */
  public long effectiveMemorySwap() {
    return memorySwap == 0 ? 2 * memory : memorySwap;
  }

  public long effectiveShmSize() {
    return shmSize == 0 ? DEFAULT_SHM_SIZE : shmSize;
  }
}
