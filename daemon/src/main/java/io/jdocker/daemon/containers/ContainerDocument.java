package io.jdocker.daemon.containers;

import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code docker inspect} of a container. */
record ContainerDocument(
    String id,
    Instant created,
    String path,
    List<String> args,
    StateDocument state,
    String image,
    String resolvConfPath,
    String hostnamePath,
    String hostsPath,
    String logPath,
    String name,
    int restartCount,
    String driver,
    String platform,
    String mountLabel,
    String processLabel,
    String appArmorProfile,
    @Key("ExecIDs") Optional<List<String>> execIds,
    HostConfigDocument hostConfig,
    GraphDriverDocument graphDriver,
    @OmitEmpty Optional<Long> sizeRw,
    @OmitEmpty Optional<Long> sizeRootFs,
    List<MountPointDocument> mounts,
    ConfigDocument config,
    NetworkSettingsDocument networkSettings) {

  record StateDocument(
      String status,
      boolean running,
      boolean paused,
      boolean restarting,
      @Key("OOMKilled") boolean oomKilled,
      boolean dead,
      int pid,
      int exitCode,
      String error,
      Instant startedAt,
      Instant finishedAt,
      @OmitEmpty Optional<HealthDocument> health) {}

  /** What probes have shown. */
  record HealthDocument(String status, int failingStreak, List<ProbeDocument> log) {}

  record ProbeDocument(Instant start, Instant end, int exitCode, String output) {}

  record GraphDriverDocument(Optional<Map<String, String>> data, String name) {}

  record MountPointDocument(
      String type,
      @OmitEmpty String name,
      String source,
      String destination,
      @OmitEmpty String driver,
      String mode,
      @Key("RW") boolean rw,
      String propagation) {}
}
