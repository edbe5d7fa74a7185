package io.jdocker.cgroups;

import io.jdocker.linux.failure.InvalidArgument;

/**
 * What a container may use, in the units of Docker's API. Zero or empty means: not limited, or, in
 * an update, left as it is.
 *
 * @param pids how many processes and threads; -1: without limit
 */
public record Limits(MemoryLimits memory, CpuLimits cpu, BlockIoLimits blockIo, long pids) {
  private static final Limits NONE =
      new Limits(MemoryLimits.none(), CpuLimits.none(), BlockIoLimits.none(), 0);

  /** What a plain {@code docker run} gets. */
  public static Limits none() {
    return NONE;
  }

  public static LimitsBuilder builder() {
    return new LimitsBuilder();
  }

  /**
   * With what the change sets in place of what it was.
   *
   * @throws InvalidArgument in Docker's words, where what was set before forbids it
   */
  public Limits updatedBy(Limits change) {
    CpuLimits other = change.cpu;
    conflict(other.nanoCpus() > 0 && cpu.period() > 0, "Nano CPUs", "CPU Period");
    conflict(other.nanoCpus() > 0 && cpu.quota() > 0, "Nano CPUs", "CPU Quota");
    conflict(other.period() > 0 && cpu.nanoCpus() > 0, "CPU Period", "Nano CPUs");
    conflict(other.quota() > 0 && cpu.nanoCpus() > 0, "CPU Quota", "Nano CPUs");
    if (change.memory.limit() > 0
        && change.memory.swap() == 0
        && memory.effectiveSwap() > 0
        && change.memory.limit() > memory.effectiveSwap()) {
      throw new InvalidArgument(
          "Memory limit should be smaller than already set memoryswap limit, update the memoryswap"
              + " at the same time");
    }
    // What stood for twice the old memory does not become twice the new.
    MemoryLimits fixed =
        new MemoryLimits(
            memory.limit(),
            memory.effectiveSwap(),
            memory.reservation(),
            memory.swappiness(),
            memory.oomKillDisable());
    return new Limits(
        fixed.updatedBy(change.memory),
        cpu.updatedBy(other),
        blockIo.updatedBy(change.blockIo),
        firstSet(change.pids, pids));
  }

  private static void conflict(boolean present, String wanted, String set) {
    if (present) {
      throw new InvalidArgument(
          "Conflicting options: "
              + wanted
              + " cannot be updated as "
              + set
              + " has already been set");
    }
  }

  static long firstSet(long change, long before) {
    return change == 0 ? before : change;
  }
}
