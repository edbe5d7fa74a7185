package io.jdocker.daemon.volumes;

import io.jdocker.daemon.containers.ContainerSize;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.volume.Volume;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@code docker volume inspect}. */
public record VolumeDocument(
    Instant createdAt,
    String driver,
    Map<String, String> labels,
    String mountpoint,
    String name,
    Optional<Map<String, String>> options,
    String scope,
    @OmitEmpty Optional<Usage> usageData) {

  /** Bytes, and how many containers use it; in {@code system df} alone. */
  public record Usage(long size, int refCount) {}

  /** A volume. */
  public static VolumeDocument of(Volume volume) {
    return document(volume, Optional.empty());
  }

  /** A volume with its usage, measured by walking it. */
  public static VolumeDocument measured(Engine engine, Volume volume) {
    int users = engine.containers().usersOfVolume(volume.name()).size();
    return document(volume, Optional.of(new Usage(ContainerSize.measure(volume.data()), users)));
  }

  private static VolumeDocument document(Volume volume, Optional<Usage> usage) {
    return new VolumeDocument(
        volume.created(),
        "local",
        volume.labels(),
        volume.data().toString(),
        volume.name(),
        volume.options().isEmpty() ? Optional.empty() : Optional.of(volume.options()),
        "local",
        usage);
  }
}
