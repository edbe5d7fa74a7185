package io.jdocker.cgroups;

import java.util.List;
import java.util.Map;

/**
 * What a cgroup uses at one moment, in the terms of Docker's stats document.
 *
 * @param pressure by {@code cpu}, {@code memory} and {@code io}; none of what the kernel does not
 *     tell, which is all on v1
 */
public record CgroupStats(
    Cpu cpu,
    Memory memory,
    Pids pids,
    List<Io> ioBytes,
    List<Io> ioCount,
    Map<String, Pressure> pressure) {
  /** The value of a limit that is not set. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /**
   * CPU time.
   *
   * @param total nanoseconds
   * @param user nanoseconds outside of the kernel
   * @param kernel nanoseconds inside
   * @param perCpu nanoseconds of each CPU; empty on v2, which does not tell
   * @param periods how many periods of a quota have gone by
   * @param throttledPeriods in how many of them it had to wait
   * @param throttledTime nanoseconds it has waited
   */
  public record Cpu(
      long total,
      long user,
      long kernel,
      List<Long> perCpu,
      long periods,
      long throttledPeriods,
      long throttledTime) {}

  /**
   * Memory.
   *
   * @param usage bytes, page cache included
   * @param limit bytes, {@link #NO_LIMIT} for none
   * @param maxUsage bytes; 0 where the kernel does not tell
   * @param failures how often the limit was hit
   * @param stat the lines of memory.stat
   */
  public record Memory(
      long usage, long limit, long maxUsage, long failures, Map<String, Long> stat) {}

  /**
   * Processes and threads.
   *
   * @param limit {@link #NO_LIMIT} for none
   */
  public record Pids(long current, long limit) {}

  /**
   * Input and output of one device.
   *
   * @param operation {@code Read} and {@code Write} on v1, {@code read} and {@code write} on v2
   */
  public record Io(int major, int minor, String operation, long value) {}
}
