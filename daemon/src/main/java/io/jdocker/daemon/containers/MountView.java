package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.ContainerDocument.MountPointDocument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.volume.Volume;
import io.jdocker.runtime.volume.VolumeStore;
import java.util.List;

/** Shows what is mounted into a container. */
final class MountView {
  private MountView() {}

  static List<MountPointDocument> of(ContainerSpec spec, VolumeStore volumes) {
    // As in Docker: what --tmpfs asks for is told in HostConfig alone.
    return spec.mounts().stream()
        .filter(
            mount ->
                mount.kind() != MountSpec.Kind.TMPFS
                    || mount.traits().origin() != MountTraits.Origin.FLAG)
        .map(mount -> document(mount, volumes))
        .toList();
  }

  private static MountPointDocument document(MountSpec mount, VolumeStore volumes) {
    boolean writable = !mount.readOnly();
    return switch (mount.kind()) {
      case BIND ->
          new MountPointDocument(
              "bind",
              "",
              mount.source(),
              mount.target(),
              "",
              mount.mode(),
              writable,
              mount.traits().propagation().isEmpty() ? "rprivate" : mount.traits().propagation());
      case TMPFS -> new MountPointDocument("tmpfs", "", "", mount.target(), "", "", writable, "");
      case VOLUME ->
          new MountPointDocument(
              "volume",
              mount.source(),
              volumes.find(mount.source()).map(Volume::data).map(Object::toString).orElse(""),
              mount.target(),
              "local",
              volumeMode(mount),
              writable,
              "");
    };
  }

  /** Docker shows a label mode that nobody asked for, except of an image's own volumes. */
  private static String volumeMode(MountSpec mount) {
    boolean inherited = mount.traits().origin() == MountTraits.Origin.INHERITED;
    return mount.mode().isEmpty() && !inherited ? "z" : mount.mode();
  }
}
