package io.jdocker.daemon.containers;

import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.spec.DeviceSpec;
import io.jdocker.runtime.spec.KernelSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The keys of Docker's HostConfig that speak of devices, kernel settings and where it is run. */
record SettingsDocument(
    @OmitEmpty Map<String, String> annotations,
    String cgroupParent,
    int oomScoreAdj,
    @OmitEmpty Map<String, String> storageOpt,
    @OmitEmpty Map<String, String> sysctls,
    @OmitEmpty String runtime,
    String isolation,
    List<DeviceDocument> devices,
    Optional<List<String>> deviceCgroupRules,
    Optional<List<DeviceRequestDocument>> deviceRequests,
    List<UlimitDocument> ulimits,
    long cpuCount,
    long cpuPercent,
    @Key("IOMaximumIOps") long ioMaximumIops,
    @Key("IOMaximumBandwidth") long ioMaximumBandwidth) {

  /** The engine's own name; the others are what Docker's clients call the usual runtime. */
  private static final Set<String> RUNTIMES =
      Set.of("", "jdocker", "runc", "io.containerd.runc.v2");

  /** A device of the host. */
  record DeviceDocument(String pathOnHost, String pathInContainer, String cgroupPermissions) {}

  /** What {@code --gpus} asks a plug-in for. */
  record DeviceRequestDocument(
      String driver,
      int count,
      @Key("DeviceIDs") Optional<List<String>> deviceIds,
      Optional<List<List<String>>> capabilities,
      Optional<Map<String, String>> options) {}

  /** A limit of setrlimit(2). */
  record UlimitDocument(String name, long hard, long soft) {}

  /**
   * Refuses what cannot be had on Linux, or not from this engine.
   *
   * @throws InvalidArgument for a value that is no such thing
   * @throws Unsupported for what the file system cannot
   */
  void check(Consumer<String> warn) {
    if (!Set.of("", "default").contains(isolation)) {
      throw new InvalidArgument(
          "Invalid isolation: \"" + isolation + "\" - linux only supports 'default'");
    }
    if (!RUNTIMES.contains(runtime)) {
      throw new InvalidArgument("unknown or invalid runtime name: " + runtime);
    }
    for (String option : storageOpt.keySet()) {
      if (!option.equals("size")) {
        throw new InvalidArgument("Unknown option " + option);
      }
      throw new Unsupported(
          "--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
    }
    if (ioMaximumIops != 0 || ioMaximumBandwidth != 0) {
      throw new InvalidArgument(
          "Invalid QoS settings: linux does not support Maximum IO Bandwidth or Maximum IO IOps");
    }
    deviceRequests.stream().flatMap(List::stream).findFirst().ifPresent(SettingsDocument::refuse);
    if (cpuPercent > 0) {
      warn.accept("linux does not support CPU percent. Percent discarded.");
    }
    if (cpuCount > 0) {
      warn.accept("linux does not support CPU count. Count discarded.");
    }
  }

  /** Docker's words where no plug-in serves such a device: jdocker has none. */
  private static void refuse(DeviceRequestDocument request) {
    String wanted =
        String.join(
            " ",
            request.capabilities().orElse(List.of()).stream()
                .map(all -> "[" + String.join(" ", all) + "]")
                .toList());
    throw new SystemFailure(
        "could not select device driver \""
            + request.driver()
            + "\" with capabilities: ["
            + wanted
            + "]");
  }

  DeviceSpec deviceSpec() {
    return new DeviceSpec(
        devices.stream()
            .map(
                device ->
                    new DeviceSpec.Mapping(
                        device.pathOnHost(), device.pathInContainer(), device.cgroupPermissions()))
            .toList(),
        deviceCgroupRules.orElse(List.of()));
  }

  KernelSpec kernelSpec() {
    return new KernelSpec(
        ulimits.stream()
            .map(limit -> new KernelSpec.Ulimit(limit.name(), limit.soft(), limit.hard()))
            .toList(),
        sysctls,
        oomScoreAdj);
  }
}
