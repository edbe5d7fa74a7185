package io.jdocker.runtime.container;

import io.jdocker.linux.MountCalls;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options of {@code --tmpfs}, see tmpfs(5) and mount(8). */
final class TmpfsOptions {
  private static final long DEFAULT =
      MountCalls.MS_NOSUID | MountCalls.MS_NODEV | MountCalls.MS_NOEXEC;

  private static final Map<String, Long> SETTING =
      Map.of(
          "ro", MountCalls.MS_RDONLY,
          "nosuid", MountCalls.MS_NOSUID,
          "nodev", MountCalls.MS_NODEV,
          "noexec", MountCalls.MS_NOEXEC);

  private static final Map<String, Long> CLEARING =
      Map.of(
          "rw", MountCalls.MS_RDONLY,
          "suid", MountCalls.MS_NOSUID,
          "dev", MountCalls.MS_NODEV,
          "exec", MountCalls.MS_NOEXEC);

  private static final Set<String> VALUED =
      Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

  private TmpfsOptions() {}

  /**
   * Reads them.
   *
   * @throws InvalidArgument for an option that tmpfs does not have
   */
  static VolumeMount.FileSystem parse(String target, String options, boolean readOnly) {
    long flags = DEFAULT | (readOnly ? MountCalls.MS_RDONLY : 0);
    List<String> data = new ArrayList<>();
    for (String option : options.split(",", -1)) {
      if (SETTING.containsKey(option)) {
        flags |= SETTING.get(option);
      } else if (CLEARING.containsKey(option)) {
        flags &= ~CLEARING.get(option);
      } else if (isValued(option)) {
        data.add(option);
      } else if (!option.isEmpty()) {
        throw new InvalidArgument("invalid tmpfs option \"" + option + "\"");
      }
    }
    return new VolumeMount.FileSystem("tmpfs", target, flags, String.join(",", data));
  }

  private static boolean isValued(String option) {
    int equals = option.indexOf('=');
    return equals > 0
        && VALUED.contains(option.substring(0, equals))
        && option.length() > equals + 1;
  }
}
