package io.jdocker.runtime.container;

import io.jdocker.linux.durable.Undo;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.volume.MountedVolumes;
import io.jdocker.runtime.volume.Volume;
import io.jdocker.runtime.volume.VolumeStore;
import java.util.List;
import java.util.Optional;

/** Holds the volumes of a container while it runs. */
final class ContainerVolumes {
  private final VolumeStore volumes;
  private final MountedVolumes mounted;

  ContainerVolumes(EngineParts parts) {
    this.volumes = parts.volumes();
    this.mounted = parts.mounted();
  }

  void hold(Container container, Undo undo) {
    String id = container.id().hex();
    for (Volume volume : of(container.record().spec())) {
      mounted.hold(volume, id);
      undo.push("let go of volume " + volume.name(), () -> mounted.release(volume, id));
    }
  }

  void release(Container container) {
    of(container.record().spec()).forEach(volume -> mounted.release(volume, container.id().hex()));
  }

  void adopt(Container container) {
    of(container.record().spec()).forEach(volume -> mounted.adopt(volume, container.id().hex()));
  }

  /** After an engine's end: unmounts what was left by containers that do not run any more. */
  void sweep() {
    List<Volume> mountable =
        volumes.list().stream().filter(volume -> !volume.options().isEmpty()).toList();
    if (!mountable.isEmpty()) {
      MountTable table = MountTable.ofThisEngine();
      mounted.keepOnly(mountable, volume -> table.isMountPoint(volume.data()));
    }
  }

  private List<Volume> of(ContainerSpec spec) {
    return spec.mounts().stream()
        .filter(mount -> mount.kind() == MountSpec.Kind.VOLUME)
        .map(mount -> volumes.find(mount.source()))
        .flatMap(Optional::stream)
        .toList();
  }
}
