package io.jdocker.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the containers may use; 0 is no limit. Sizes in bytes.
 *
 * @param nanoCpus billionths of a CPU
 * @param memorySwap -1 for no limit
 */
public record Resources(
    long nanoCpus,
    long cpuShares,
    long cpuQuota,
    long cpuPeriod,
    long cpuRealtimeRuntime,
    long cpuRealtimePeriod,
    String cpuset,
    long memory,
    long memoryReservation,
    long memorySwap,
    Optional<Long> swappiness,
    long pids,
    long shmSize,
    boolean oomKillDisable,
    Optional<Long> oomScoreAdj,
    Map<String, Ulimit> ulimits,
    Optional<BlockIo> blockIo) {
  /** Bounds of one resource of setrlimit(2); -1 for none. */
  public record Ulimit(long soft, long hard) {}

  /** Weight and bounds of disks; weight 0 for the default. */
  public record BlockIo(
      int weight,
      List<DeviceRate> weights,
      List<DeviceRate> readBytes,
      List<DeviceRate> writeBytes,
      List<DeviceRate> readOperations,
      List<DeviceRate> writeOperations) {}

  /** A number for one disk. */
  public record DeviceRate(String path, long rate) {}
}
