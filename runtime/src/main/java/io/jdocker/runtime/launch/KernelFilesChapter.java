package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.constants.platform.Errno;

/** /proc and /sys, and the parts of them a container must not see or write. */
final class KernelFilesChapter {
  private static final long PROC_FLAGS =
      MountCalls.MS_NOSUID | MountCalls.MS_NOEXEC | MountCalls.MS_NODEV;
  private static final int MOUNT_ATTR_RDONLY = 1;
  private static final int MOUNT_ATTR_SIZE = 32;

  private KernelFilesChapter() {}

  static void mountSys(Calls calls, boolean writable) {
    calls.makeFolder("/sys", 0755);
    calls.mountHere(
        "what the kernel tells of devices",
        "sysfs",
        "/sys",
        "sysfs",
        MountOptions.flags(writable ? PROC_FLAGS : PROC_FLAGS | MountCalls.MS_RDONLY));
    calls.enter("/");
  }

  /**
   * Mounted after the user's volumes: a volume whose target is an image's link to /proc then lies
   * below it, unseen (CVE-2023-28642).
   */
  static void mountProc(Calls calls) {
    calls.makeFolder("/proc", 0755);
    calls.mountHere(
        "the processes of its own pid namespace",
        "proc",
        "/proc",
        "proc",
        MountOptions.flags(PROC_FLAGS));
    calls.enter("/");
  }

  /**
   * Puts /dev/null on files and an empty file system on folders.
   *
   * @param nullDevice opened when we had made it: what is called /dev/null now may be the image's
   *     or, of a volume on /dev, another container's, and lead to what is to be hidden
   *     (CVE-2025-31133)
   */
  static void mask(Calls calls, ProtectedPaths paths, Step nullDevice) {
    for (String file : paths.maskedFiles()) {
      Step tree =
          calls.call(
              "copy the mount of the null device",
              Sys.OPEN_TREE,
              Operand.of(nullDevice),
              Operand.of(""),
              Operand.named(
                  FileCalls.AT_EMPTY_PATH
                      | MountCalls.OPEN_TREE_CLONE
                      | MountCalls.OPEN_TREE_CLOEXEC,
                  "AT_EMPTY_PATH|OPEN_TREE_CLONE"));
      attach(calls, "hide a file of the kernel", tree, file)
          .shell("mount --bind /dev/null " + file);
    }
    for (String folder : paths.maskedFolders()) {
      calls
          .mount(
              "hide a folder of the kernel",
              "tmpfs",
              folder,
              "tmpfs",
              new MountOptions(MountCalls.MS_RDONLY, "size=0k"))
          // A volume on /sys need not have it.
          .tolerate(Errno.ENOENT, Errno.ENOTDIR);
    }
  }

  static void makeReadOnly(Calls calls, ProtectedPaths paths) {
    for (String path : paths.readOnly()) {
      attachReadOnly(calls, "let nobody write what counts for the host", path)
          .shell(
              () ->
                  "mount --bind "
                      + path
                      + ' '
                      + path
                      + " && mount -o remount,bind,ro,nosuid,nodev,noexec "
                      + path);
    }
  }

  private static Step attachReadOnly(Calls calls, String purpose, String path) {
    Step tree =
        calls.call(
            "copy the mount of " + path,
            Sys.OPEN_TREE,
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of(path),
            Operand.named(
                MountCalls.OPEN_TREE_CLONE | MountCalls.OPEN_TREE_CLOEXEC, "OPEN_TREE_CLONE"));
    ByteBuffer attribute = ByteBuffer.allocate(MOUNT_ATTR_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    attribute.putLong(MOUNT_ATTR_RDONLY);
    calls.call(
        "make the copy read-only",
        Sys.MOUNT_SETATTR,
        Operand.of(tree),
        Operand.of(""),
        Operand.named(FileCalls.AT_EMPTY_PATH, "AT_EMPTY_PATH"),
        new Operand.Memory(attribute.array(), "{MOUNT_ATTR_RDONLY}"),
        Operand.of(MOUNT_ATTR_SIZE));
    return attach(calls, purpose, tree, path);
  }

  private static Step attach(Calls calls, String purpose, Step tree, String target) {
    Step attached =
        calls.call(
            purpose,
            Sys.MOVE_MOUNT,
            Operand.of(tree),
            Operand.of(""),
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of(target),
            Operand.named(MountCalls.MOVE_MOUNT_F_EMPTY_PATH, "MOVE_MOUNT_F_EMPTY_PATH"));
    calls.close(Operand.of(tree));
    return attached;
  }
}
