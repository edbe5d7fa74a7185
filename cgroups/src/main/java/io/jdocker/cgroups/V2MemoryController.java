package io.jdocker.cgroups;

import java.util.Map;
import java.util.Set;

/** Memory on v2. See Documentation/admin-guide/cgroup-v2.rst of Linux. */
final class V2MemoryController implements Controller {
  static final String LIMIT = "memory.max";
  static final String USAGE = "memory.current";
  private static final String SWAP = "memory.swap.max";
  private static final String PEAK = "memory.peak";

  @Override
  public String name() {
    return "memory";
  }

  /** v2 has neither a swappiness of a group nor a way to stop processes instead of killing. */
  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    return Set.of(Ability.MEMORY, Ability.SWAP, Ability.MEMORY_RESERVATION);
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    // Swap first: with less memory and the old swap, the group could swap out for a moment what it
    // is about to be denied.
    MemoryLimits memory = limits.memory();
    if (memory.effectiveSwap() != 0 && directory.has(SWAP)) {
      directory.write("limit swap", SWAP, swap(memory));
    }
    if (memory.limit() > 0) {
      directory.write("limit memory", LIMIT, memory.limit());
    }
    if (memory.reservation() > 0) {
      directory.write("set the memory reservation", "memory.low", memory.reservation());
    }
  }

  /** v2 counts swap alone, Docker memory and swap together. */
  private static String swap(MemoryLimits memory) {
    return memory.effectiveSwap() < 0
        ? "max"
        : Long.toString(memory.effectiveSwap() - memory.limit());
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    Map<String, Long> events = directory.readTable("memory.events");
    stats.memory =
        new CgroupStats.Memory(
            directory.readNumber(USAGE),
            directory.readNumber(LIMIT),
            directory.has(PEAK) ? directory.readNumber(PEAK) : 0,
            events.getOrDefault("max", 0L),
            directory.readTable("memory.stat"));
  }

  static long oomKills(ControlDirectory directory) {
    return directory.readTable("memory.events").getOrDefault("oom_kill", 0L);
  }
}
