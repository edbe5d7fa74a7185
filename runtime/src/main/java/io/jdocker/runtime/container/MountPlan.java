package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.linux.durable.Undo;
import io.jdocker.runtime.launch.VolumeMount;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.volume.Volume;
import io.jdocker.runtime.volume.VolumeStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Opens what a container mounts beside its root, before its process exists. */
final class MountPlan {
  private final SourceTrees trees;
  private final VolumeStore volumes;
  private final int cgroupVersion;

  MountPlan(SourceTrees trees, VolumeStore volumes, int cgroupVersion) {
    this.trees = trees;
    this.volumes = volumes;
    this.cgroupVersion = cgroupVersion;
  }

  /**
   * What the engine mounts by itself.
   *
   * @param cgroup the container's control group
   * @param names folder with the container's hosts, hostname and resolv.conf
   * @param sharedMemory of the host or another container, for /dev/shm
   * @param users the container's own user namespace
   */
  record EngineMounts(
      Cgroup cgroup, Path names, Optional<VolumeMount> sharedMemory, Optional<Fd> users) {}

  /**
   * Opens them.
   *
   * @param undo gets the closing of every descriptor; run it after the launch, too
   * @return shallow targets before those below them
   */
  List<VolumeMount> open(ContainerSpec container, EngineMounts own, Undo undo) {
    List<MountSpec> specs = container.mounts();
    List<VolumeMount> mounts = new ArrayList<>(own.sharedMemory().stream().toList());
    if (specs.stream().noneMatch(CgroupView::isReplacedBy)) {
      mounts.addAll(
          CgroupView.mounts(
              own.cgroup(),
              cgroupVersion,
              (source, target) -> trees.ofKernel(source, target, undo)));
    }
    for (String file : List.of("resolv.conf", "hostname", "hosts")) {
      Path source = own.names().resolve(file);
      if (Files.exists(source)) {
        mounts.add(trees.ofEngine(source.toString(), "/etc/" + file, own.users(), undo));
      }
    }
    for (MountSpec spec : specs) {
      mounts.add(open(spec, own.users(), undo));
    }
    // Stable: of two on one path the user's own comes last, and is what is seen.
    mounts.sort(Comparator.comparingInt(mount -> depth(mount.target())));
    return mounts;
  }

  private VolumeMount open(MountSpec spec, Optional<Fd> users, Undo undo) {
    String target = ContainerPath.clean(spec.target());
    return switch (spec.kind()) {
      case TMPFS -> TmpfsOptions.parse(target, spec.options(), spec.readOnly());
      case VOLUME -> {
        Volume volume = volumes.get(spec.source());
        yield trees.ofVolume(volume, spec, target, users, undo);
      }
      case BIND -> {
        BindSource.prepare(spec);
        yield trees.ofBind(spec, target, undo);
      }
    };
  }

  private static int depth(String target) {
    return (int) target.chars().filter(c -> c == '/').count();
  }
}
