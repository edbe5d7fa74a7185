package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.HostConfigDocument.BindOptionsDocument;
import io.jdocker.daemon.containers.HostConfigDocument.DriverConfigDocument;
import io.jdocker.daemon.containers.HostConfigDocument.MountDocument;
import io.jdocker.daemon.containers.HostConfigDocument.TmpfsOptionsDocument;
import io.jdocker.daemon.containers.HostConfigDocument.VolumeOptionsDocument;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.MountTraits.Origin;
import io.jdocker.runtime.spec.MountTraits.ReadOnlyReach;
import io.jdocker.runtime.spec.MountTraits.VolumeTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The mounts of a create request: {@code -v}, {@code --mount} and {@code --tmpfs}. */
record MountRequests(HostConfigDocument host) {
  private static final BindOptionsDocument NO_BIND_OPTIONS =
      new BindOptionsDocument("", false, false, false, false);
  private static final VolumeOptionsDocument NO_VOLUME_OPTIONS =
      new VolumeOptionsDocument(false, Map.of(), "", Optional.empty());
  private static final DriverConfigDocument NO_DRIVER = new DriverConfigDocument("", Map.of());

  List<MountSpec> specs() {
    List<MountSpec> specs = new ArrayList<>();
    for (String bind : host.binds().orElse(List.of())) {
      specs.add(BindText.parse(bind, host.volumeDriver()));
    }
    host.mounts().forEach(mount -> specs.add(mount(mount)));
    host.tmpfs()
        .forEach(
            (target, options) ->
                specs.add(
                    new MountSpec(MountSpec.Kind.TMPFS, "", target, false, "", options, false)));
    return specs;
  }

  private static MountSpec mount(MountDocument mount) {
    return switch (mount.type()) {
      case "bind" -> bind(mount, mount.bindOptions().orElse(NO_BIND_OPTIONS));
      case "volume" -> volume(mount, mount.volumeOptions().orElse(NO_VOLUME_OPTIONS));
      case "tmpfs" ->
          spec(
              MountSpec.Kind.TMPFS,
              mount,
              mount.tmpfsOptions().map(MountRequests::tmpfs).orElse(""),
              false,
              MountTraits.standard());
      case "image", "npipe", "cluster" ->
          throw new Unsupported(
              "mount type \"" + mount.type() + "\" is not supported by this version of jdocker");
      default ->
          throw new InvalidArgument(
              "invalid mount config for type \"" + mount.type() + "\": mount type unknown");
    };
  }

  private static MountSpec bind(MountDocument mount, BindOptionsDocument options) {
    refuseForeign(mount, mount.volumeOptions().isPresent(), "VolumeOptions");
    refuseForeign(mount, mount.tmpfsOptions().isPresent(), "TmpfsOptions");
    if (options.readOnlyNonRecursive() && options.readOnlyForceRecursive()) {
      throw new InvalidArgument(
          "invalid mount config for type \"bind\": mount options ReadOnlyNonRecursive and"
              + " ReadOnlyForceRecursive conflict");
    }
    ReadOnlyReach reach =
        options.readOnlyForceRecursive()
            ? ReadOnlyReach.ALL
            : options.readOnlyNonRecursive()
                ? ReadOnlyReach.TOP_ONLY
                : ReadOnlyReach.AS_FAR_AS_POSSIBLE;
    MountTraits traits =
        new MountTraits(
            Origin.MOUNT_FLAG,
            options.propagation(),
            !options.nonRecursive(),
            reach,
            VolumeTraits.standard());
    return spec(MountSpec.Kind.BIND, mount, "", options.createMountpoint(), traits);
  }

  private static MountSpec volume(MountDocument mount, VolumeOptionsDocument options) {
    refuseForeign(mount, mount.bindOptions().isPresent(), "BindOptions");
    refuseForeign(mount, mount.tmpfsOptions().isPresent(), "TmpfsOptions");
    DriverConfigDocument driver = options.driverConfig().orElse(NO_DRIVER);
    VolumeTraits wishes =
        new VolumeTraits(
            options.noCopy(), options.subpath(), options.labels(), driver.name(), driver.options());
    return spec(MountSpec.Kind.VOLUME, mount, "", false, MountTraits.standard().withVolume(wishes));
  }

  private static void refuseForeign(MountDocument mount, boolean present, String field) {
    if (present) {
      throw new InvalidArgument(
          "invalid mount config for type \""
              + mount.type()
              + "\": field "
              + field
              + " must not be specified");
    }
  }

  private static MountSpec spec(
      MountSpec.Kind kind,
      MountDocument mount,
      String options,
      boolean createSource,
      MountTraits traits) {
    return new MountSpec(
        kind,
        mount.source(),
        mount.target(),
        mount.readOnly(),
        "",
        options,
        createSource,
        traits.withOrigin(Origin.MOUNT_FLAG));
  }

  private static String tmpfs(TmpfsOptionsDocument sent) {
    List<String> options = new ArrayList<>();
    if (sent.sizeBytes() < 0) {
      throw new InvalidArgument(
          "invalid mount config for type \"tmpfs\": size must not be negative");
    }
    if (sent.sizeBytes() != 0) {
      options.add("size=" + sent.sizeBytes());
    }
    if (sent.mode() != 0) {
      options.add("mode=" + Integer.toOctalString(sent.mode()));
    }
    sent.options().forEach(option -> options.add(String.join("=", option)));
    return String.join(",", options);
  }

  /** A mount that was asked for by {@code --mount}, as inspect shows it. */
  static MountDocument document(MountSpec mount) {
    VolumeTraits wishes = mount.traits().volume();
    BindOptionsDocument bind =
        new BindOptionsDocument(
            mount.traits().propagation(),
            !mount.traits().recursive(),
            mount.createSource(),
            mount.traits().readOnlyReach() == ReadOnlyReach.TOP_ONLY,
            mount.traits().readOnlyReach() == ReadOnlyReach.ALL);
    DriverConfigDocument driver = new DriverConfigDocument(wishes.driver(), wishes.driverOptions());
    VolumeOptionsDocument volume =
        new VolumeOptionsDocument(
            wishes.noCopy(),
            wishes.labels(),
            wishes.subpath(),
            driver.equals(NO_DRIVER) ? Optional.empty() : Optional.of(driver));
    return new MountDocument(
        mount.kind().name().toLowerCase(Locale.ROOT),
        mount.source(),
        mount.target(),
        mount.readOnly(),
        "",
        bind.equals(NO_BIND_OPTIONS) ? Optional.empty() : Optional.of(bind),
        volume.equals(NO_VOLUME_OPTIONS) ? Optional.empty() : Optional.of(volume),
        tmpfsOptions(mount));
  }

  private static Optional<TmpfsOptionsDocument> tmpfsOptions(MountSpec mount) {
    long size = 0;
    int mode = 0;
    List<List<String>> rest = new ArrayList<>();
    for (String option : mount.options().split(",", -1)) {
      if (option.startsWith("size=")) {
        size = Long.parseLong(option.substring("size=".length()));
      } else if (option.startsWith("mode=")) {
        mode = Integer.parseInt(option.substring("mode=".length()), 8);
      } else if (!option.isEmpty()) {
        rest.add(List.of(option.split("=", 2)));
      }
    }
    return mount.options().isEmpty()
        ? Optional.empty()
        : Optional.of(new TmpfsOptionsDocument(size, mode, rest));
  }
}
