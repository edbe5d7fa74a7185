package io.jdocker.runtime.container;

import io.jdocker.runtime.spec.MountSpec;
import java.util.List;

/** Which containers use a volume, running or not. */
final class VolumeUse {
  private VolumeUse() {}

  static List<String> users(ContainerRegistry registry, String volume) {
    return registry.all().stream()
        .filter(container -> uses(container, volume))
        .map(container -> container.id().hex())
        .toList();
  }

  private static boolean uses(Container container, String volume) {
    return container.record().spec().mounts().stream()
        .anyMatch(mount -> mount.kind() == MountSpec.Kind.VOLUME && mount.source().equals(volume));
  }
}
