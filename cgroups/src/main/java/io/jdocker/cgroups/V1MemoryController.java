package io.jdocker.cgroups;

import java.util.EnumSet;
import java.util.Set;

/** Memory on v1. See Documentation/admin-guide/cgroup-v1/memory.rst of Linux. */
final class V1MemoryController implements Controller {
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final String LIMIT_WITH_SWAP = "memory.memsw.limit_in_bytes";
  private static final String RESERVATION = "memory.soft_limit_in_bytes";
  private static final String SWAPPINESS = "memory.swappiness";
  private static final String OOM_CONTROL = "memory.oom_control";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    Set<Ability> found = EnumSet.of(Ability.MEMORY);
    top.addIfHas(LIMIT_WITH_SWAP, Ability.SWAP, found);
    top.addIfHas(RESERVATION, Ability.MEMORY_RESERVATION, found);
    top.addIfHas(SWAPPINESS, Ability.SWAPPINESS, found);
    top.addIfHas(OOM_CONTROL, Ability.OOM_KILL_DISABLE, found);
    return found;
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    setLimits(limits.memory(), directory);
    MemoryLimits memory = limits.memory();
    if (memory.reservation() > 0) {
      directory.write("set the memory reservation", RESERVATION, memory.reservation());
    }
    if (memory.swappiness() != MemoryLimits.UNSET) {
      directory.write("set the swappiness", SWAPPINESS, memory.swappiness());
    }
    if (memory.oomKillDisable()) {
      directory.write("disable the OOM killer", OOM_CONTROL, 1);
    }
  }

  /** The kernel holds memory <= memory and swap at every moment: the growing one goes first. */
  private static void setLimits(MemoryLimits memory, ControlDirectory directory) {
    // Without swap accounting (CONFIG_SWAP, swapaccount=0) the file is absent: memory alone counts.
    boolean swap = memory.effectiveSwap() != 0 && directory.has(LIMIT_WITH_SWAP);
    boolean swapFirst =
        swap
            && (memory.effectiveSwap() < 0
                || memory.limit() > directory.readNumber(LIMIT_WITH_SWAP));
    if (swapFirst) {
      setSwap(memory, directory);
    }
    if (memory.limit() > 0) {
      directory.write("limit memory", LIMIT, memory.limit());
    }
    if (swap && !swapFirst) {
      setSwap(memory, directory);
    }
  }

  private static void setSwap(MemoryLimits memory, ControlDirectory directory) {
    directory.write("limit memory and swap", LIMIT_WITH_SWAP, memory.effectiveSwap());
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

  /** True while the OOM killer would act, and is off; false where the group is gone. */
  static boolean waitsForMemory(ControlDirectory directory) {
    return directory.has(OOM_CONTROL)
        && directory.readTable(OOM_CONTROL).getOrDefault("under_oom", 0L) != 0;
  }

  /** Linux 4.13 and later count them. */
  static long oomKills(ControlDirectory directory) {
    return directory.readTable(OOM_CONTROL).getOrDefault("oom_kill", 0L);
  }
}
