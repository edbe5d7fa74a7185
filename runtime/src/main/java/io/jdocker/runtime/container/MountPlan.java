package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.VolumeMount;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jnr.constants.platform.Errno;

/**
 * Opens what a container mounts, before its process exists: each source becomes a detached copy of
 * its mount (open_tree(2)), made read-only where asked, whose path nobody can change any more.
 */
final class MountPlan {
  private final Kernel kernel;
  private final VolumeStore volumes;
  private final int cgroupVersion;

  MountPlan(Kernel kernel, VolumeStore volumes, int cgroupVersion) {
    this.cgroupVersion = cgroupVersion;
    this.kernel = kernel;
    this.volumes = volumes;
  }

  /**
   * Opens them.
   *
   * @param cgroup the container's control group
   * @param names folder with the container's hosts, hostname and resolv.conf
   * @param undo gets the closing of every descriptor; run it after the launch, too
   * @return shallow targets before those below them
   */
  List<VolumeMount> open(List<MountSpec> specs, Cgroup cgroup, Path names, Undo undo) {
    List<VolumeMount> mounts = new ArrayList<>();
    if (specs.stream().noneMatch(CgroupView::isReplacedBy)) {
      mounts.addAll(
          CgroupView.mounts(
              cgroup, cgroupVersion, (source, target) -> tree(source, target, true, undo)));
    }
    for (String file : List.of("resolv.conf", "hostname", "hosts")) {
      if (Files.exists(names.resolve(file))) {
        mounts.add(tree(names.resolve(file).toString(), "/etc/" + file, false, undo));
      }
    }
    for (MountSpec spec : specs) {
      mounts.add(open(spec, undo));
    }
    mounts.sort(Comparator.comparingInt(mount -> depth(mount.target())));
    return mounts;
  }

  private VolumeMount open(MountSpec spec, Undo undo) {
    String target = ContainerPath.clean(spec.target());
    return switch (spec.kind()) {
      case TMPFS -> TmpfsOptions.parse(target, spec.options());
      case VOLUME ->
          tree(volumes.get(spec.source()).data().toString(), target, spec.readOnly(), undo);
      case BIND -> {
        prepareSource(spec);
        yield tree(spec.source(), target, spec.readOnly(), undo);
      }
    };
  }

  /**
   * Refuses a part of the host that is not there and that nobody asked to make.
   *
   * @throws InvalidArgument as Docker does, when a container is created and again when it starts
   */
  static void checkSource(MountSpec spec) {
    if (spec.kind() != MountSpec.Kind.BIND) {
      return;
    }
    String wrong = "invalid mount config for type \"bind\": ";
    if (!spec.source().startsWith("/")) {
      throw new InvalidArgument(
          wrong + "invalid mount path: '" + spec.source() + "' mount path must be absolute");
    }
    if (!spec.createSource() && !Files.exists(Path.of(spec.source()))) {
      throw new InvalidArgument(wrong + "bind source path does not exist: " + spec.source());
    }
  }

  private static void prepareSource(MountSpec spec) {
    checkSource(spec);
    Path source = Path.of(spec.source());
    if (Files.exists(source)) {
      return;
    }
    try {
      Files.createDirectories(source);
    } catch (IOException e) {
      throw new InvalidArgument(
          "error while creating mount source path '" + spec.source() + "': " + e.getMessage(), e);
    }
  }

  private VolumeMount tree(String source, String target, boolean readOnly, Undo undo) {
    Fd tree;
    try {
      tree =
          kernel
              .mounts()
              .openTree(
                  FileCalls.AT_FDCWD, source, MountCalls.OPEN_TREE_CLONE | MountCalls.AT_RECURSIVE);
    } catch (SyscallException e) {
      throw new InvalidArgument("cannot mount " + source + ": " + e.getMessage(), e);
    }
    undo.push("close " + source, tree::close);
    if (readOnly) {
      makeReadOnly(tree);
    }
    boolean folder = kernel.files().status(tree).isDirectory();
    return new VolumeMount.Tree(tree, source, target, folder, readOnly);
  }

  /** With what is mounted below it, where the kernel can (mount_setattr(2), Linux 5.12). */
  private void makeReadOnly(Fd tree) {
    try {
      kernel.mounts().setReadOnly(tree);
    } catch (SyscallException e) {
      if (!e.is(Errno.ENOSYS)) {
        throw e;
      }
      throw new io.jdocker.linux.failure.Unsupported(
          "a read-only volume needs mount_setattr(2), so Linux 5.12 or later", e);
    }
  }

  private static int depth(String target) {
    return (int) target.chars().filter(c -> c == '/').count();
  }
}
