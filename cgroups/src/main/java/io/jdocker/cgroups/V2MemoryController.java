package io.jdocker.cgroups;

import java.util.Map;

/** Memory on v2. See Documentation/admin-guide/cgroup-v2.rst of Linux. */
final class V2MemoryController implements Controller {
  private static final String LIMIT = "memory.max";
  private static final String SWAP = "memory.swap.max";
  private static final String PEAK = "memory.peak";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    // Swap first: with less memory and the old swap, the group could swap out for a moment what it
    // is about to be denied.
    if (limits.effectiveSwap() != 0 && directory.has(SWAP)) {
      directory.write("limit swap", SWAP, swap(limits));
    }
    if (limits.memory() > 0) {
      directory.write("limit memory", LIMIT, limits.memory());
    }
    if (limits.memoryReservation() > 0) {
      directory.write("set the memory reservation", "memory.low", limits.memoryReservation());
    }
  }

  /** v2 counts swap alone, Docker memory and swap together. */
  private static String swap(Limits limits) {
    return limits.effectiveSwap() < 0
        ? "max"
        : Long.toString(limits.effectiveSwap() - limits.memory());
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    Map<String, Long> events = directory.readTable("memory.events");
    stats.memory =
        new CgroupStats.Memory(
            directory.readNumber("memory.current"),
            directory.readNumber(LIMIT),
            directory.has(PEAK) ? directory.readNumber(PEAK) : 0,
            events.getOrDefault("max", 0L),
            directory.readTable("memory.stat"));
  }

  static long oomKills(ControlDirectory directory) {
    return directory.readTable("memory.events").getOrDefault("oom_kill", 0L);
  }
}
