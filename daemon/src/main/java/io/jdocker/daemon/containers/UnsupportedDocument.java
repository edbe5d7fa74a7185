package io.jdocker.daemon.containers;

import com.google.gson.JsonElement;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.linux.failure.Unsupported;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of HostConfig that jdocker has no feature for. Shown with Docker's zero values, accepted
 * with them, refused with any other.
 */
record UnsupportedDocument(
    @Key("ContainerIDFile") String containerIdFile,
    String volumeDriver,
    Optional<List<String>> volumesFrom,
    @OmitEmpty Map<String, String> annotations,
    String cgroup,
    String cgroupParent,
    int oomScoreAdj,
    @OmitEmpty Map<String, String> storageOpt,
    @OmitEmpty Map<String, String> sysctls,
    @OmitEmpty String runtime,
    String isolation,
    int blkioWeight,
    List<JsonElement> blkioWeightDevice,
    List<JsonElement> blkioDeviceReadBps,
    List<JsonElement> blkioDeviceWriteBps,
    @Key("BlkioDeviceReadIOps") List<JsonElement> blkioDeviceReadIops,
    @Key("BlkioDeviceWriteIOps") List<JsonElement> blkioDeviceWriteIops,
    long cpuRealtimePeriod,
    long cpuRealtimeRuntime,
    List<JsonElement> devices,
    Optional<List<String>> deviceCgroupRules,
    Optional<List<JsonElement>> deviceRequests,
    Optional<Long> memorySwappiness,
    Optional<Boolean> oomKillDisable,
    List<JsonElement> ulimits,
    long cpuCount,
    long cpuPercent,
    @Key("IOMaximumIOps") long ioMaximumIops,
    @Key("IOMaximumBandwidth") long ioMaximumBandwidth,
    Optional<List<String>> maskedPaths,
    Optional<List<String>> readonlyPaths) {

  /**
   * Refuses what was asked for and cannot be had.
   *
   * @throws Unsupported naming the key and the flag of the command line
   */
  void requireUnset() {
    text("VolumeDriver (--volume-driver)", volumeDriver);
    list("VolumesFrom (--volumes-from)", volumesFrom.orElse(List.of()));
    refuse("Annotations (--annotation)", !annotations.isEmpty());
    text("CgroupParent (--cgroup-parent)", cgroupParent);
    refuse("OomScoreAdj (--oom-score-adj)", oomScoreAdj != 0);
    refuse("StorageOpt (--storage-opt)", !storageOpt.isEmpty());
    refuse("Sysctls (--sysctl)", !sysctls.isEmpty());
    text("Runtime (--runtime)", runtime);
    refuse("Isolation (--isolation)", !isolation.isEmpty() && !isolation.equals("default"));
    refuse("BlkioWeight (--blkio-weight)", blkioWeight != 0);
    list("BlkioWeightDevice (--blkio-weight-device)", blkioWeightDevice);
    list("BlkioDeviceReadBps (--device-read-bps)", blkioDeviceReadBps);
    list("BlkioDeviceWriteBps (--device-write-bps)", blkioDeviceWriteBps);
    list("BlkioDeviceReadIOps (--device-read-iops)", blkioDeviceReadIops);
    list("BlkioDeviceWriteIOps (--device-write-iops)", blkioDeviceWriteIops);
    refuse("CpuRealtimePeriod (--cpu-rt-period)", cpuRealtimePeriod != 0);
    refuse("CpuRealtimeRuntime (--cpu-rt-runtime)", cpuRealtimeRuntime != 0);
    list("Devices (--device)", devices);
    list("DeviceCgroupRules (--device-cgroup-rule)", deviceCgroupRules.orElse(List.of()));
    list("DeviceRequests (--gpus)", deviceRequests.orElse(List.of()));
    refuse("MemorySwappiness (--memory-swappiness)", memorySwappiness.orElse(-1L) != -1);
    refuse("OomKillDisable (--oom-kill-disable)", oomKillDisable.orElse(false));
    list("Ulimits (--ulimit)", ulimits);
    refuse("CpuCount", cpuCount != 0);
    refuse("CpuPercent", cpuPercent != 0);
    refuse("IOMaximumIOps", ioMaximumIops != 0);
    refuse("IOMaximumBandwidth", ioMaximumBandwidth != 0);
    refuse("MaskedPaths (--security-opt systempaths)", maskedPaths.isPresent());
    refuse("ReadonlyPaths (--security-opt systempaths)", readonlyPaths.isPresent());
  }

  private static void text(String key, String value) {
    refuse(key, !value.isEmpty());
  }

  private static void list(String key, List<?> value) {
    refuse(key, !value.isEmpty());
  }

  static void refuse(String key, boolean set) {
    if (set) {
      throw new Unsupported("HostConfig." + key + " is not supported by this version of jdocker");
    }
  }
}
