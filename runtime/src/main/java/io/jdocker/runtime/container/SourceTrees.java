package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.launch.VolumeMount;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.volume.Volume;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Opens parts of the host as detached copies of their mounts (open_tree(2)), whose path nobody can
 * change any more, and gives the copies what was asked for (mount_setattr(2), Linux 5.12).
 */
final class SourceTrees {
  private final Kernel kernel;

  SourceTrees(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * A part of the host that the engine chose, for the container to write to.
   *
   * @param users the container's own user namespace
   */
  VolumeMount ofEngine(String source, String target, Optional<Fd> users, Undo undo) {
    Fd tree = copy(FileCalls.AT_FDCWD, source, true, source, undo);
    users.ifPresent(namespace -> mapIds(tree, namespace));
    return finished(tree, new Wish(source, target, false, MountTraits.standard()));
  }

  /** A folder of the kernel's, to be looked at only: of what it holds nothing is a program. */
  VolumeMount ofKernel(String source, String target, Undo undo) {
    Fd tree = copy(FileCalls.AT_FDCWD, source, true, source, undo);
    try {
      kernel.mounts().seal(tree);
    } catch (SyscallException e) {
      throw tooOld(e);
    }
    return new VolumeMount.Tree(tree, source, target, true, true);
  }

  /** What a bind asks for. */
  VolumeMount ofBind(MountSpec spec, String target, Undo undo) {
    propagation(spec.traits()).requireSource(spec.source(), MountTable::ofThisEngine);
    Fd tree =
        copy(FileCalls.AT_FDCWD, spec.source(), spec.traits().recursive(), spec.source(), undo);
    return finished(tree, new Wish(spec.source(), target, spec.readOnly(), spec.traits()));
  }

  /**
   * A volume, or a part of it. What is in a volume is the containers' say: no link in it leads out
   * of it (CVE-2021-25741).
   *
   * @param users the container's own user namespace, whose ids then are on disk: containers with
   *     other mappings, or none, see the same owners
   */
  VolumeMount ofVolume(
      Volume volume, MountSpec spec, String target, Optional<Fd> users, Undo undo) {
    String subpath = spec.traits().volume().subpath();
    String data = volume.data().toString();
    Wish wish = new Wish(data, target, spec.readOnly(), spec.traits());
    if (subpath.isEmpty()) {
      Fd tree = copy(FileCalls.AT_FDCWD, data, true, data, undo);
      users.ifPresent(namespace -> mapIds(tree, namespace));
      return finished(tree, wish);
    }
    try (Fd root = kernel.files().open(data, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        Fd part = below(root, subpath, volume)) {
      Fd tree = copy(part.number(), "", true, data + '/' + subpath, undo);
      users.ifPresent(namespace -> mapIds(tree, namespace));
      return finished(tree, new Wish(data + '/' + subpath, target, spec.readOnly(), spec.traits()));
    }
  }

  /** Where the file system can: in another, the container's root is nobody. */
  private void mapIds(Fd tree, Fd users) {
    try {
      kernel.mounts().mapIds(tree, users);
    } catch (SyscallException e) {
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
    }
  }

  private Fd below(Fd root, String subpath, Volume volume) {
    try {
      return kernel
          .files()
          .open(
              root.number(),
              subpath,
              OpenFlags.O_PATH,
              0,
              OpenFlags.RESOLVE_BENEATH | OpenFlags.RESOLVE_NO_MAGICLINKS);
    } catch (SyscallException e) {
      throw new InvalidArgument(
          "cannot access path " + volume.data().resolve(subpath) + ": " + e.getMessage(), e);
    }
  }

  private record Wish(String source, String target, boolean readOnly, MountTraits traits) {}

  private Fd copy(int folder, String path, boolean recursive, String shown, Undo undo) {
    int flags =
        MountCalls.OPEN_TREE_CLONE
            | (recursive ? MountCalls.AT_RECURSIVE : 0)
            | (path.isEmpty() ? FileCalls.AT_EMPTY_PATH : 0);
    try {
      Fd tree = kernel.mounts().openTree(folder, path, flags);
      undo.push("close " + shown, tree::close);
      return tree;
    } catch (SyscallException e) {
      throw new InvalidArgument("cannot mount " + shown + ": " + e.getMessage(), e);
    }
  }

  /** The copy is a peer of what it was copied from: a mount in it would appear on the host. */
  private VolumeMount finished(Fd tree, Wish wish) {
    try {
      propagation(wish.traits()).set(kernel.mounts(), tree);
      if (wish.readOnly()) {
        makeReadOnly(tree, wish.traits().readOnlyReach());
      }
    } catch (SyscallException e) {
      throw tooOld(e);
    }
    boolean folder = kernel.files().status(tree).isDirectory();
    return new VolumeMount.Tree(tree, wish.source(), wish.target(), folder, wish.readOnly());
  }

  private static RuntimeException tooOld(SyscallException e) {
    return e.is(Errno.ENOSYS)
        ? new Unsupported("a volume needs mount_setattr(2), so Linux 5.12 or later", e)
        : e;
  }

  private void makeReadOnly(Fd tree, MountTraits.ReadOnlyReach reach) {
    if (reach == MountTraits.ReadOnlyReach.TOP_ONLY) {
      kernel.mounts().setTopReadOnly(tree);
    } else {
      kernel.mounts().setReadOnly(tree);
    }
  }

  private static Propagation propagation(MountTraits traits) {
    return traits.propagation().isEmpty()
        ? Propagation.RPRIVATE
        : Propagation.of(traits.propagation())
            .orElseThrow(
                () -> new InvalidArgument("invalid propagation mode: " + traits.propagation()));
  }
}
