package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

  /** Puts /dev/null on files and an empty file system on folders. */
  static void mask(Calls calls, ProtectedPaths paths) {
    for (String file : paths.maskedFiles()) {
      // The source is the node made a moment ago in our own /dev, not one of the image
      // (CVE-2025-31133).
      attachCopy(calls, "hide a file of the kernel", "/dev/null", file, false)
          .shell("mount --bind /dev/null " + file);
    }
    for (String folder : paths.maskedFolders()) {
      calls.mount(
          "hide a folder of the kernel",
          "tmpfs",
          folder,
          "tmpfs",
          new MountOptions(MountCalls.MS_RDONLY, "size=0k"));
    }
  }

  static void makeReadOnly(Calls calls, ProtectedPaths paths) {
    for (String path : paths.readOnly()) {
      attachCopy(calls, "let nobody write what counts for the host", path, path, true)
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

  private static Step attachCopy(
      Calls calls, String purpose, String source, String target, boolean readOnly) {
    Step tree =
        calls.call(
            "copy the mount of " + source,
            Sys.OPEN_TREE,
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of(source),
            Operand.named(
                MountCalls.OPEN_TREE_CLONE | MountCalls.OPEN_TREE_CLOEXEC, "OPEN_TREE_CLONE"));
    if (readOnly) {
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
    }
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
