package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.MountTraits.ReadOnlyReach;
import io.jdocker.runtime.spec.MountTraits.VolumeTraits;
import io.jdocker.runtime.volume.LocalOptions;
import io.jdocker.runtime.volume.VolumeStore;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks over what is to be mounted, in Docker's words. */
final class MountValidator {
  private MountValidator() {}

  static void check(ContainerSpec spec) {
    Set<String> targets = new HashSet<>();
    for (MountSpec mount : spec.mounts()) {
      checkTarget(mount);
      if (!targets.add(ContainerPath.clean(mount.target()))) {
        throw new InvalidArgument("Duplicate mount point: " + mount.target());
      }
      switch (mount.kind()) {
        case VOLUME -> checkVolume(mount);
        case BIND -> checkBind(mount);
        case TMPFS -> {
          if (!mount.source().isEmpty()) {
            throw wrong(mount, "field Source must not be specified");
          }
          TmpfsOptions.parse(mount.target(), mount.options(), mount.readOnly());
        }
      }
    }
    spec.anonymousVolumes().forEach(MountValidator::checkAnonymous);
  }

  /** As in Docker a relative one starts from the root. */
  private static void checkAnonymous(String target) {
    String absolute = ContainerPath.clean(target);
    checkTarget(new MountSpec(MountSpec.Kind.VOLUME, "", absolute, false, "", "", false));
  }

  private static void checkTarget(MountSpec mount) {
    String target = mount.target();
    if (target.isEmpty()) {
      throw wrong(mount, "field Target must not be empty");
    }
    if (!target.startsWith("/")) {
      String why = "invalid mount path: '" + target + "' mount path must be absolute";
      throw isTmpfsFlag(mount) ? new InvalidArgument(why) : wrong(mount, why);
    }
    String clean = ContainerPath.clean(target);
    if (clean.equals("/")) {
      throw new InvalidArgument("invalid specification: destination can't be '/'");
    }
    if (clean.equals("/proc") || clean.startsWith("/proc/")) {
      throw new InvalidArgument(
          "\"" + clean + "\" cannot be mounted on because it is inside /proc");
    }
  }

  private static boolean isTmpfsFlag(MountSpec mount) {
    return mount.kind() == MountSpec.Kind.TMPFS
        && mount.traits().origin() == MountTraits.Origin.FLAG;
  }

  private static void checkVolume(MountSpec mount) {
    VolumeTraits wishes = mount.traits().volume();
    if (!mount.source().isEmpty()) {
      VolumeStore.checked(mount.source());
    }
    if (!List.of("", "local").contains(wishes.driver())) {
      throw new NotFound(
          "error looking up volume plugin "
              + wishes.driver()
              + ": plugin \""
              + wishes.driver()
              + "\" not found");
    }
    if (!wishes.driverOptions().isEmpty()) {
      LocalOptions.parse(wishes.driverOptions());
    }
    if (!mount.traits().propagation().isEmpty()) {
      throw wrong(mount, "field BindOptions must not be specified");
    }
    Path subpath = Path.of(wishes.subpath());
    if (subpath.isAbsolute() || subpath.normalize().startsWith("..")) {
      throw wrong(mount, "subpath must be a relative path within the volume");
    }
  }

  private static void checkBind(MountSpec mount) {
    MountTraits traits = mount.traits();
    if (mount.source().isEmpty()) {
      throw wrong(mount, "field Source must not be empty");
    }
    if (traits.volume().noCopy()) {
      throw wrong(mount, "field VolumeOptions must not be specified");
    }
    String propagation = traits.propagation();
    if (!propagation.isEmpty() && Propagation.of(propagation).isEmpty()) {
      throw wrong(mount, "invalid propagation mode: " + propagation);
    }
    if (traits.readOnlyReach() == ReadOnlyReach.ALL) {
      if (!mount.readOnly()) {
        throw wrong(mount, "mount option ReadOnlyForceRecursive requires a read-only mount");
      }
      if (!traits.recursive()) {
        throw wrong(mount, "mount options NonRecursive and ReadOnlyForceRecursive conflict");
      }
      if (!List.of("", "rprivate").contains(propagation)) {
        throw wrong(mount, "mount option ReadOnlyForceRecursive needs propagation rprivate");
      }
    }
  }

  private static InvalidArgument wrong(MountSpec mount, String why) {
    String type = mount.kind().name().toLowerCase(Locale.ROOT);
    return new InvalidArgument("invalid mount config for type \"" + type + "\": " + why);
  }
}
