package io.jdocker.runtime.container;

import io.jdocker.linux.failure.Forbidden;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import java.util.Comparator;
import java.util.Optional;

/** Refuses to write where the container itself may not. */
final class WritablePlace {
  private WritablePlace() {}

  /**
   * @param folder absolute path in the container, without links
   */
  static void check(Container container, String folder) {
    ContainerSpec spec = container.record().spec();
    Optional<MountSpec> mount =
        spec.mounts().stream()
            .filter(m -> isBelow(folder, ContainerPath.clean(m.target())))
            .max(Comparator.comparingInt(m -> ContainerPath.clean(m.target()).length()));
    if (mount.filter(MountSpec::readOnly).isPresent()) {
      throw new Forbidden("mounted volume is marked read-only");
    }
    if (mount.isEmpty() && spec.security().readOnlyRoot()) {
      throw new Forbidden("container rootfs is marked read-only");
    }
  }

  private static boolean isBelow(String folder, String target) {
    return folder.equals(target) || folder.startsWith(target + "/");
  }
}
