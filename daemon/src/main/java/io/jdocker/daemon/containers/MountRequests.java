package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.HostConfigDocument.BindOptionsDocument;
import io.jdocker.daemon.containers.HostConfigDocument.MountDocument;
import io.jdocker.daemon.containers.HostConfigDocument.TmpfsOptionsDocument;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.spec.MountSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The mounts of a create request: {@code -v}, {@code --mount} and {@code --tmpfs}. */
record MountRequests(HostConfigDocument host) {
  /** Modes without a meaning here: labels of SELinux, and the default propagation. */
  private static final Set<String> NEUTRAL = Set.of("", "rw", "z", "Z", "rprivate");

  List<MountSpec> specs() {
    List<MountSpec> specs = new ArrayList<>();
    host.binds().orElse(List.of()).forEach(bind -> specs.add(bind(bind)));
    host.mounts().forEach(mount -> specs.add(mount(mount)));
    host.tmpfs()
        .forEach(
            (target, options) ->
                specs.add(
                    new MountSpec(MountSpec.Kind.TMPFS, "", target, false, "", options, false)));
    return specs;
  }

  /** {@code SOURCE:TARGET[:MODE]}: a source with a slash in front is a path, else a volume. */
  private static MountSpec bind(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new InvalidArgument("invalid volume specification: '" + text + "'");
    }
    String mode = parts.length == 3 ? parts[2] : "";
    boolean path = parts[0].startsWith("/");
    return new MountSpec(
        path ? MountSpec.Kind.BIND : MountSpec.Kind.VOLUME,
        parts[0],
        parts[1],
        isReadOnly(mode),
        mode,
        "",
        path);
  }

  private static boolean isReadOnly(String mode) {
    boolean readOnly = false;
    for (String word : mode.split(",", -1)) {
      if (word.equals("ro")) {
        readOnly = true;
      } else if (Set.of(
              "shared",
              "rshared",
              "slave",
              "rslave",
              "private",
              "nocopy",
              "consistent",
              "cached",
              "delegated")
          .contains(word)) {
        throw new Unsupported(
            "volume mode \"" + word + "\" (-v) is not supported by this version of jdocker");
      } else if (!NEUTRAL.contains(word)) {
        throw new InvalidArgument("invalid mode: " + mode);
      }
    }
    return readOnly;
  }

  private static MountSpec mount(MountDocument mount) {
    return switch (mount.type()) {
      case "bind" -> {
        BindOptionsDocument options =
            mount.bindOptions().orElse(new BindOptionsDocument("", false, false, false, false));
        requireUnset("bind-propagation", !Set.of("", "rprivate").contains(options.propagation()));
        requireUnset("bind-recursive", options.nonRecursive() || options.readOnlyNonRecursive());
        requireUnset("bind-recursive", options.readOnlyForceRecursive());
        yield spec(MountSpec.Kind.BIND, mount, "", options.createMountpoint());
      }
      case "volume" -> {
        mount
            .volumeOptions()
            .ifPresent(
                options -> {
                  requireUnset("volume-nocopy", options.noCopy());
                  requireUnset("volume-label", !options.labels().isEmpty());
                  requireUnset("volume-subpath", !options.subpath().isEmpty());
                  requireUnset(
                      "volume-driver",
                      options
                          .driverConfig()
                          .map(
                              d ->
                                  !Set.of("", "local").contains(d.name()) || !d.options().isEmpty())
                          .orElse(false));
                });
        yield spec(MountSpec.Kind.VOLUME, mount, "", false);
      }
      case "tmpfs" ->
          spec(
              MountSpec.Kind.TMPFS,
              mount,
              mount.tmpfsOptions().map(MountRequests::tmpfs).orElse(""),
              false);
      default ->
          throw new InvalidArgument("invalid mount config: unknown mount type " + mount.type());
    };
  }

  private static MountSpec spec(
      MountSpec.Kind kind, MountDocument mount, String options, boolean createSource) {
    return new MountSpec(
        kind, mount.source(), mount.target(), mount.readOnly(), "", options, createSource);
  }

  private static String tmpfs(TmpfsOptionsDocument sent) {
    List<String> options = new ArrayList<>();
    if (sent.sizeBytes() != 0) {
      options.add("size=" + sent.sizeBytes());
    }
    if (sent.mode() != 0) {
      options.add("mode=" + Integer.toOctalString(sent.mode()));
    }
    sent.options().forEach(option -> options.add(String.join("=", option)));
    return String.join(",", options);
  }

  private static void requireUnset(String option, boolean set) {
    if (set) {
      throw new Unsupported(
          "--mount option " + option + " is not supported by this version of jdocker");
    }
  }
}
