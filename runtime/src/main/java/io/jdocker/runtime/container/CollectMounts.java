package io.jdocker.runtime.container;

import io.jdocker.images.OverlayMount;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.MountTraits.VolumeTraits;
import io.jdocker.runtime.volume.MountedVolumes;
import io.jdocker.runtime.volume.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settles what a new container mounts: other containers' mounts, its own, its image's volumes. */
final class CollectMounts {
  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerEvents events;
  private final MountedVolumes mounted;
  private final VolumeSeed seed;

  CollectMounts(EngineParts parts, ContainerRegistry registry, ContainerEvents events) {
    this.parts = parts;
    this.registry = registry;
    this.events = events;
    this.mounted = parts.mounted();
    this.seed = new VolumeSeed(parts.kernel(), parts.root());
  }

  /**
   * The specification with every mount it will have. Volumes that do not exist yet are made, and
   * anonymous ones get their names. Of two on one target the container's own wins.
   */
  ContainerSpec complete(ContainerSpec spec, Undo undo) {
    Map<String, MountSpec> byTarget = new LinkedHashMap<>();
    for (String reference : spec.volumesFrom()) {
      for (MountSpec mount : mountsOf(reference)) {
        byTarget.put(ContainerPath.clean(mount.target()), mount);
      }
    }
    for (MountSpec mount : spec.mounts()) {
      byTarget.put(ContainerPath.clean(mount.target()), mount);
    }
    for (String target : spec.anonymousVolumes()) {
      byTarget.putIfAbsent(
          ContainerPath.clean(target),
          inherited(
              new MountSpec(
                  MountSpec.Kind.VOLUME,
                  "",
                  target.startsWith("/") ? target : "/" + target,
                  false,
                  "",
                  "",
                  false)));
    }
    return spec.withMounts(byTarget.values().stream().map(mount -> made(mount, undo)).toList());
  }

  private List<MountSpec> mountsOf(String reference) {
    int colon = reference.indexOf(':');
    String name = colon < 0 ? reference : reference.substring(0, colon);
    String mode = colon < 0 ? "" : reference.substring(colon + 1);
    if (name.isEmpty()) {
      throw new InvalidArgument("invalid name or ID supplied: \"\"");
    }
    if (!List.of("", "ro", "rw", "z", "Z").contains(mode)) {
      throw new InvalidArgument("invalid mode: " + mode);
    }
    Container donor =
        registry.find(name).orElseThrow(() -> new InvalidArgument("No such container: " + name));
    return donor.record().spec().mounts().stream()
        .filter(mount -> !isTmpfsFlag(mount))
        .map(mount -> inherited(mount).withMode(mode, mount.readOnly() || mode.equals("ro")))
        .toList();
  }

  /** As in Docker: what --tmpfs asks for is the container's own. */
  private static boolean isTmpfsFlag(MountSpec mount) {
    return mount.kind() == MountSpec.Kind.TMPFS
        && mount.traits().origin() == MountTraits.Origin.FLAG;
  }

  private static MountSpec inherited(MountSpec mount) {
    return mount.withTraits(mount.traits().withOrigin(MountTraits.Origin.INHERITED));
  }

  private MountSpec made(MountSpec mount, Undo undo) {
    if (mount.kind() != MountSpec.Kind.VOLUME) {
      return mount;
    }
    String name = mount.source();
    VolumeTraits wishes = mount.traits().volume();
    boolean existed = !name.isEmpty() && parts.volumes().find(name).isPresent();
    Volume volume = parts.volumes().create(name, wishes.labels(), wishes.driverOptions());
    if (!existed) {
      undo.push(
          "delete volume " + volume.name(), () -> parts.volumes().remove(volume.name(), List.of()));
      events.volume("create", volume.name());
    }
    return mount.withSource(volume.name());
  }

  /** Copies what the image has at its own volumes' targets, where those are empty. */
  void seed(ContainerSpec spec, OverlayMount overlay) {
    for (MountSpec mount : spec.mounts()) {
      VolumeTraits wishes = mount.traits().volume();
      boolean copies =
          mount.kind() == MountSpec.Kind.VOLUME && !wishes.noCopy() && wishes.subpath().isEmpty();
      if (copies) {
        Volume volume = parts.volumes().get(mount.source());
        String holder = "seed " + overlay.upper();
        mounted.hold(volume, holder);
        try {
          seed.seed(overlay, ContainerPath.clean(mount.target()), volume.data());
        } finally {
          mounted.release(volume, holder);
        }
      }
    }
  }
}
