package io.jdocker.runtime.container;

import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.volume.Volume;
import io.jdocker.runtime.volume.VolumeStore;
import java.util.List;
import java.util.Optional;

/** The volumes that nobody has named, and that go with their container where that is asked for. */
record AnonymousVolumes(VolumeStore volumes, ContainerRegistry registry, ContainerEvents events) {
  /** Removes those of a container that is not in the registry any more; shared ones stay. */
  void remove(ContainerRecord container) {
    for (MountSpec mount : container.spec().mounts()) {
      Optional<Volume> volume =
          mount.kind() == MountSpec.Kind.VOLUME
              ? volumes.find(mount.source()).filter(Volume::anonymous)
              : Optional.empty();
      if (volume.isPresent() && VolumeUse.users(registry, mount.source()).isEmpty()) {
        volumes.remove(mount.source(), List.of());
        events.volume("destroy", mount.source());
      }
    }
  }
}
