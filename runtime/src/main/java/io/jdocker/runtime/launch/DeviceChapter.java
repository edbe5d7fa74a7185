package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** /dev: a file system of its own with the devices every program may expect. */
final class DeviceChapter {
  /** The default devices of the OCI runtime specification, config-linux.md. */
  private static final List<DeviceNode> DEFAULT =
      List.of(
          DeviceNode.character("null", 1, 3),
          DeviceNode.character("zero", 1, 5),
          DeviceNode.character("full", 1, 7),
          DeviceNode.character("random", 1, 8),
          DeviceNode.character("urandom", 1, 9),
          DeviceNode.character("tty", 5, 0));

  private static final long NOSUID_NOEXEC = MountCalls.MS_NOSUID | MountCalls.MS_NOEXEC;

  private static final int TTY_GROUP = 5;

  private DeviceChapter() {}

  /**
   * Writes it.
   *
   * @param more devices of the host
   * @param shmSize of /dev/shm in bytes; 0 where the container shares another's; -1: no such folder
   * @param users the container's own, if it has any
   * @return the step that opens /dev/null, while nobody but us can have put it there
   */
  static Step write(Calls calls, List<DeviceNode> more, long shmSize, Optional<UserPlan> users) {
    calls.makeFolder("/dev", 0755);
    calls.mountHere(
        "a /dev that the image has no say in",
        "tmpfs",
        "/dev",
        "tmpfs",
        new MountOptions(MountCalls.MS_NOSUID | MountCalls.MS_STRICTATIME, "mode=755,size=65536k"));
    for (DeviceNode node : DEFAULT) {
      calls.makeNode("a device every program may expect", node);
    }
    Step nullDevice =
        calls.call(
            "have the null device at hand",
            Sys.OPENAT,
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of("/dev/null"),
            Operand.named(OpenFlags.O_PATH | OpenFlags.O_CLOEXEC, "O_PATH|O_CLOEXEC"));
    more.forEach(node -> makeHostNode(calls, node, users.isPresent()));
    calls.symbolicLink("/proc/self/fd", "/dev/fd");
    calls.symbolicLink("/proc/self/fd/0", "/dev/stdin");
    calls.symbolicLink("/proc/self/fd/1", "/dev/stdout");
    calls.symbolicLink("/proc/self/fd/2", "/dev/stderr");
    calls.symbolicLink("/proc/kcore", "/dev/core");
    calls.symbolicLink("pts/ptmx", "/dev/ptmx");
    calls.makeFolder("/dev/pts", 0755);
    calls.mount(
        "terminals of its own",
        "devpts",
        "/dev/pts",
        "devpts",
        new MountOptions(
            NOSUID_NOEXEC, "newinstance,ptmxmode=0666,mode=0620,gid=" + terminals(users)));
    if (shmSize >= 0) {
      calls.makeFolder("/dev/shm", 01777);
    }
    if (shmSize > 0) {
      calls.mount(
          "shared memory",
          "shm",
          "/dev/shm",
          "tmpfs",
          new MountOptions(NOSUID_NOEXEC | MountCalls.MS_NODEV, "mode=1777,size=" + shmSize));
    }
    calls.makeFolder("/dev/mqueue", 01777);
    calls.mount(
        "message queues",
        "mqueue",
        "/dev/mqueue",
        "mqueue",
        MountOptions.flags(NOSUID_NOEXEC | MountCalls.MS_NODEV));
    return nullDevice;
  }

  /** The group of terminals, tty of every distribution; the mount is the host's. */
  private static int terminals(Optional<UserPlan> users) {
    return users.map(own -> own.ids().hostGroupOrRoot(TTY_GROUP)).orElse(TTY_GROUP);
  }

  /**
   * A node that is there is kept: it was made in an earlier run, or for every container.
   *
   * @param foreign the container's root is not the host's, so the node must not become its own
   */
  private static void makeHostNode(Calls calls, DeviceNode node, boolean foreign) {
    String folder = node.path().substring(0, node.path().lastIndexOf('/'));
    if (!folder.isEmpty() && !folder.equals("/dev")) {
      calls.makeFolders(folder, 0755);
    }
    calls.makeNode("a device of the host", node).tolerate(Errno.EEXIST);
    if (foreign || node.hasOwner()) {
      calls.giveTo(node.path(), node.uid(), node.gid());
    }
  }
}
