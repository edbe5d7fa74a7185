package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.MountCalls;
import io.jdocker.runtime.launch.VolumeMount;
import io.jdocker.runtime.spec.MountSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container sees below /sys/fs/cgroup: its own control group, read-only. Programs read their
 * limits there; a writable one would let it set release_agent (CVE-2022-0492).
 */
final class CgroupView {
  private static final String TARGET = "/sys/fs/cgroup";
  private static final long FLAGS =
      MountCalls.MS_NOSUID | MountCalls.MS_NODEV | MountCalls.MS_NOEXEC;

  private CgroupView() {}

  /** True for a mount of the user's that takes its place. */
  static boolean isReplacedBy(MountSpec mount) {
    String target = ContainerPath.clean(mount.target());
    return target.equals(TARGET) || target.equals("/sys") || target.equals("/sys/fs");
  }

  /** Opens a read-only copy of a folder's mount, for a target. */
  interface TreeOpener {
    VolumeMount open(String source, String target);
  }

  /**
   * The mounts.
   *
   * @param version 2: the container has a cgroup namespace of its own
   */
  static List<VolumeMount> mounts(Cgroup cgroup, int version, TreeOpener opener) {
    List<VolumeMount> mounts = new ArrayList<>();
    if (version == 2) {
      mounts.add(new VolumeMount.FileSystem("cgroup2", TARGET, FLAGS | MountCalls.MS_RDONLY, ""));
      return mounts;
    }
    mounts.add(
        new VolumeMount.FileSystem(
            "tmpfs", TARGET, FLAGS | MountCalls.MS_RDONLY, "mode=755,size=64k"));
    Path hierarchies = Path.of(TARGET);
    for (Path folder : cgroup.directories()) {
      if (folder.startsWith(hierarchies)) {
        Path controller = hierarchies.relativize(folder).getName(0);
        mounts.add(opener.open(folder.toString(), TARGET + "/" + controller));
      }
    }
    return mounts;
  }
}
