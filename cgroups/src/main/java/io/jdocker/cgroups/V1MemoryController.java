package io.jdocker.cgroups;

/** Memory on v1. See Documentation/admin-guide/cgroup-v1/memory.rst of Linux. */
final class V1MemoryController implements Controller {
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final String LIMIT_WITH_SWAP = "memory.memsw.limit_in_bytes";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    setLimits(limits, directory);
    if (limits.memoryReservation() > 0) {
      directory.write(
          "set the memory reservation", "memory.soft_limit_in_bytes", limits.memoryReservation());
    }
    if (limits.memorySwappiness() >= 0) {
      directory.write("set the swappiness", "memory.swappiness", limits.memorySwappiness());
    }
    if (limits.oomKillDisable()) {
      directory.write("disable the OOM killer", "memory.oom_control", 1);
    }
  }

  /** The kernel holds memory <= memory and swap at every moment: the growing one goes first. */
  private static void setLimits(Limits limits, ControlDirectory directory) {
    // Without swap accounting (CONFIG_SWAP, swapaccount=0) the file is absent: memory alone counts.
    boolean swap = limits.effectiveSwap() != 0 && directory.has(LIMIT_WITH_SWAP);
    boolean swapFirst =
        swap
            && (limits.effectiveSwap() < 0
                || limits.memory() > directory.readNumber(LIMIT_WITH_SWAP));
    if (swapFirst) {
      setSwap(limits, directory);
    }
    if (limits.memory() > 0) {
      directory.write("limit memory", LIMIT, limits.memory());
    }
    if (swap && !swapFirst) {
      setSwap(limits, directory);
    }
  }

  private static void setSwap(Limits limits, ControlDirectory directory) {
    directory.write("limit memory and swap", LIMIT_WITH_SWAP, limits.effectiveSwap());
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    stats.memory =
        new CgroupStats.Memory(
            directory.readNumber("memory.usage_in_bytes"),
            directory.readNumber(LIMIT),
            directory.readNumber("memory.max_usage_in_bytes"),
            directory.readNumber("memory.failcnt"),
            directory.readTable("memory.stat"));
  }

  /** Linux 4.13 and later count them. */
  static long oomKills(ControlDirectory directory) {
    return directory.readTable("memory.oom_control").getOrDefault("oom_kill", 0L);
  }
}
