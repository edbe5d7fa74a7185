package io.jdocker.runtime.container;

import io.jdocker.images.OverlayMount;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import jnr.constants.platform.Errno;

/**
 * The root file system of a container as a descriptor, with no mount in the engine's namespace: it
 * lies in a mount namespace of its own, which nothing but this object keeps. Close lets go of both,
 * and so does the engine's death: no crash leaks a mount.
 */
public final class MountedRoot implements AutoCloseable {
  private static final int CLONE_FS = 0x200;

  private final Kernel kernel;
  private final Fd root;
  private final Fd namespace;
  private final boolean live;

  /**
   * A part of the host to be seen at a place in the container.
   *
   * @param source absolute path of the host
   * @param target absolute path in the container, clean
   */
  record Attached(String source, String target, boolean readOnly) {}

  private MountedRoot(Kernel kernel, Fd root, Fd namespace, boolean live) {
    this.kernel = kernel;
    this.root = root;
    this.namespace = namespace;
    this.live = live;
  }

  /**
   * Mounts layers and what lies on them.
   *
   * @param engineRoot the engine's root folder, where paths of the overlay begin
   * @param attached shallow targets before those below them
   */
  static MountedRoot mount(
      Kernel kernel, Path engineRoot, OverlayMount overlay, List<Attached> attached) {
    return onOwnThread(() -> mountHere(kernel, engineRoot, overlay, attached));
  }

  /** Mounts layers, the uppermost one writable. */
  public static MountedRoot mount(Kernel kernel, Path engineRoot, OverlayMount overlay) {
    return mount(kernel, engineRoot, overlay, List.of());
  }

  /** The root of a running process, with all that is mounted in its namespace. */
  static MountedRoot ofProcess(Kernel kernel, int pid) {
    FileCalls files = kernel.files();
    Fd root = files.open("/proc/" + pid + "/root", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
    try {
      return new MountedRoot(
          kernel, root, files.open("/proc/" + pid + "/ns/mnt", OpenFlags.O_RDONLY, 0), true);
    } catch (RuntimeException e) {
      root.close();
      throw e;
    }
  }

  /** The root of a running process without what is mounted on it: its layers alone. */
  static MountedRoot ofLayers(Kernel kernel, int pid) {
    FileCalls files = kernel.files();
    Fd namespace = files.open("/proc/" + pid + "/ns/mnt", OpenFlags.O_RDONLY, 0);
    try {
      return onOwnThread(
          () -> {
            // setns(2): a thread that shares its working directory may not change mounts.
            kernel.processes().unshare(CLONE_FS);
            kernel.processes().enterNamespace(namespace, ProcessCalls.CLONE_NEWNS);
            Fd alone =
                kernel.mounts().openTree(FileCalls.AT_FDCWD, "/", MountCalls.OPEN_TREE_CLONE);
            return new MountedRoot(kernel, alone, namespace, true);
          });
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  private static MountedRoot mountHere(
      Kernel kernel, Path engineRoot, OverlayMount overlay, List<Attached> attached) {
    kernel.processes().unshare(ProcessCalls.CLONE_NEWNS | CLONE_FS);
    MountCalls mounts = kernel.mounts();
    mounts.mount(null, "/", null, MountCalls.MS_REC | MountCalls.MS_SLAVE, null);
    FileCalls files = kernel.files();
    try (Fd folder = files.open(engineRoot.toString(), OpenFlags.O_PATH, 0)) {
      kernel.call(folder::toString, Sys.FCHDIR, folder.number());
    }
    String point = ContainerLaunch.mountPoint(engineRoot).toString();
    mounts.mount("overlay", point, "overlay", 0, overlay.options(engineRoot));
    Fd root = files.open(point, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
    try {
      TreeRoot tree = new TreeRoot(kernel, root);
      attached.forEach(part -> attach(kernel, tree, part));
      return new MountedRoot(
          kernel, root, files.open("/proc/thread-self/ns/mnt", OpenFlags.O_RDONLY, 0), false);
    } catch (RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private static void attach(Kernel kernel, TreeRoot root, Attached part) {
    MountCalls mounts = kernel.mounts();
    int flags = MountCalls.OPEN_TREE_CLONE | MountCalls.AT_RECURSIVE;
    try (Fd tree = mounts.openTree(FileCalls.AT_FDCWD, part.source(), flags)) {
      if (part.readOnly()) {
        mounts.setReadOnly(tree);
      }
      FileStatus status = kernel.files().status(tree);
      try (Fd target =
          status.isDirectory() ? root.makeFolders(part.target()) : root.makeFile(part.target())) {
        mounts.attach(tree, target);
      }
    } catch (SyscallException e) {
      // The part of the host is gone, or its place lies in one that is read-only and lacks it. The
      // container could not be started so; its files are shown without that part.
      if (!e.is(Errno.ENOENT) && !e.is(Errno.EROFS)) {
        throw e;
      }
    }
  }

  /** A mount namespace is a thread's: the thread that enters one ends with the work. */
  private static MountedRoot onOwnThread(Supplier<MountedRoot> work) {
    FutureTask<MountedRoot> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "jdocker-mount");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailure("interrupted while mounting a container's root", e);
    } catch (ExecutionException e) {
      throw new SystemFailure(
          "cannot mount the container's root: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Whether these are the mounts of a running process, with the owners that it made. */
  boolean isLive() {
    return live;
  }

  /** The root folder. */
  public Fd folder() {
    return root;
  }

  /** The same to resolve paths in. */
  public TreeRoot tree() {
    return new TreeRoot(kernel, root);
  }

  @Override
  public void close() {
    root.close();
    namespace.close();
  }
}
