package io.jdocker.cgroups;

import io.jdocker.linux.failure.InvalidArgument;

/** Checks limits before anything is made of them. The errors have Docker's words. Thread-safe. */
public final class LimitsValidator {
  private static final long MIN_MEMORY = 6L << 20;
  private static final long NANOS = 1_000_000_000;
  private static final long MIN_PERIOD = 1_000;
  private static final long MAX_PERIOD = 1_000_000;
  private static final int MIN_WEIGHT = 10;
  private static final int MAX_WEIGHT = 1000;

  private final Machine machine;

  LimitsValidator(Machine machine) {
    this.machine = machine;
  }

  /** Checks against this machine's CPUs and memory nodes. */
  public static LimitsValidator forThisMachine() {
    return new LimitsValidator(Machine.current());
  }

  /**
   * Checks all of them.
   *
   * @throws InvalidArgument for the first that is wrong
   */
  public void check(Limits limits) {
    checkMemory(limits);
    checkCpu(limits);
    checkCpuset(limits);
    require(
        limits.blkioWeight() == 0
            || (limits.blkioWeight() >= MIN_WEIGHT && limits.blkioWeight() <= MAX_WEIGHT),
        "Range of blkio weight is from 10 to 1000");
  }

  private static void checkMemory(Limits limits) {
    long memory = limits.memory();
    long swap = limits.memorySwap();
    long reservation = limits.memoryReservation();
    require(memory == 0 || memory >= MIN_MEMORY, "Minimum memory limit allowed is 6MB");
    require(
        swap <= 0 || memory != 0,
        "You should always set the Memory limit when using Memoryswap limit, see usage");
    require(swap >= -1, "Invalid value: " + swap + ", valid memory swap is -1 or larger");
    require(
        swap <= 0 || swap >= memory,
        "Minimum memoryswap limit should be larger than memory limit, see usage");
    require(
        limits.memorySwappiness() >= -1 && limits.memorySwappiness() <= 100,
        "Invalid value: " + limits.memorySwappiness() + ", valid memory swappiness range is 0-100");
    require(
        reservation == 0 || reservation >= MIN_MEMORY, "Minimum memory reservation allowed is 6MB");
    require(
        memory == 0 || reservation <= memory,
        "Minimum memory limit can not be less than memory reservation limit, see usage");
  }

  private void checkCpu(Limits limits) {
    long period = limits.cpuPeriod();
    long quota = limits.cpuQuota();
    boolean counted = limits.nanoCpus() != 0;
    require(
        !counted || period == 0,
        "Conflicting options: Nano CPUs and CPU Period cannot both be set");
    require(
        !counted || quota == 0, "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    // 0.01 CPUs make a quota of 1 ms, the shortest that the kernel takes.
    require(
        !counted
            || (limits.nanoCpus() >= NANOS / 100 && limits.nanoCpus() <= machine.cpus() * NANOS),
        "Range of CPUs is from 0.01 to "
            + machine.cpus()
            + ".00, as there are only "
            + machine.cpus()
            + " CPUs available");
    require(
        period == 0 || (period >= MIN_PERIOD && period <= MAX_PERIOD),
        "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    require(
        quota <= 0 || quota >= MIN_PERIOD, "CPU cfs quota can not be less than 1ms (i.e. 1000)");
    require(
        limits.cpuShares() >= 0,
        "invalid CPU shares (" + limits.cpuShares() + "): value must be a positive integer");
  }

  private void checkCpuset(Limits limits) {
    checkList("cpus", "CPUs", limits.cpusetCpus(), machine.cpuList());
    checkList("mems", "memory nodes", limits.cpusetMems(), machine.nodeList());
  }

  private static void checkList(String what, String plural, String text, CpuList available) {
    if (!text.isEmpty()) {
      require(
          CpuList.parse(what, text).isWithin(available),
          "Requested "
              + plural
              + " are not available - requested "
              + text
              + ", available: "
              + available.text());
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidArgument(otherwise);
    }
  }
}
