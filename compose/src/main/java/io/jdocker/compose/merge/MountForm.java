package io.jdocker.compose.merge;

import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Position;
import io.jdocker.compose.yaml.Scalar;
import java.nio.file.Path;
import java.util.List;

/** The short form of a volume: {@code [SOURCE:]TARGET[:MODES]}. */
final class MountForm {
  private static final List<String> PROPAGATION =
      List.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

  private MountForm() {}

  /**
   * The long form.
   *
   * @param base what a relative path of the host starts from
   */
  static Mapping parse(String text, Position position, String path, Path base) {
    String[] parts = text.split(":", -1);
    for (String part : parts) {
      if (part.isEmpty()) {
        throw Mistake.at(
            position, path, "invalid spec: " + text + ": empty section between colons");
      }
    }
    Mapping mount = Mapping.empty(position);
    if (parts.length == 1) {
      return mount.with("type", "volume").with("target", text);
    }
    if (parts.length > 3) {
      throw Mistake.at(position, path, "invalid spec: " + text + ": too many colons");
    }
    boolean isBind = isPath(parts[0]);
    mount = mount.with("type", isBind ? "bind" : "volume");
    mount = mount.with("source", isBind ? absolute(parts[0], base) : parts[0]);
    mount = mount.with("target", parts[1]);
    Mapping bind = Mapping.empty(position);
    Mapping volume = Mapping.empty(position);
    if (isBind) {
      bind = bind.with("create_host_path", Scalar.flag(true, position));
    }
    for (String mode : parts.length < 3 ? new String[0] : parts[2].split(",", -1)) {
      if (mode.equals("ro")) {
        mount = mount.with("read_only", Scalar.flag(true, position));
      } else if (mode.equals("nocopy")) {
        volume = volume.with("nocopy", Scalar.flag(true, position));
      } else if (mode.equals("z") || mode.equals("Z")) {
        bind = bind.with("selinux", mode);
      } else if (PROPAGATION.contains(mode)) {
        bind = bind.with("propagation", mode);
      } else if (!List.of("rw", "cached", "delegated", "consistent").contains(mode)) {
        throw Mistake.at(position, path, "invalid mode \"" + mode + "\" in " + text);
      }
    }
    mount = bind.names().isEmpty() ? mount : mount.with("bind", bind);
    return volume.names().isEmpty() ? mount : mount.with("volume", volume);
  }

  private static boolean isPath(String source) {
    return source.startsWith(".") || source.startsWith("/") || source.startsWith("~");
  }

  /** A path of the host, from the file's folder; {@code ~} is the caller's home. */
  static String absolute(String source, Path base) {
    if (source.equals("~") || source.startsWith("~/")) {
      return Path.of(System.getProperty("user.home") + source.substring(1)).normalize().toString();
    }
    return base.resolve(source).normalize().toString();
  }
}
