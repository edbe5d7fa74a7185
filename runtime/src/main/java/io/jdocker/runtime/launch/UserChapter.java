package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.CloneFlags;
import io.jdocker.linux.launch.Operand;

/**
 * Users of its own. The process sets everything up as the host's root, for the host's mounts are
 * only root's to make, and enters the user namespace when all is mounted; what it makes on the way
 * is the container's root's, as the file system goes by the ids of setfsuid(2).
 */
final class UserChapter {
  private static final int PR_SET_SECUREBITS = 28;
  private static final int SECBIT_NO_SETUID_FIXUP = 4;

  private UserChapter() {}

  /** Joins those namespaces that belong to the user namespace already. */
  static void joinNamespaces(Calls calls, UserPlan users) {
    if (users.namespaces() != 0) {
      calls
          .call(
              "join namespaces that belong to its user namespace",
              Sys.SETNS,
              Operand.of(users.process()),
              Operand.named(users.namespaces(), CloneFlags.shown(users.namespaces())))
          .shell(
              "nsenter --target "
                  + users.processFolder().substring(users.processFolder().lastIndexOf('/') + 1)
                  + ' '
                  + CloneFlags.options(users.namespaces()));
    }
  }

  /** Has the files that it makes belong to the container's root, and keeps its capabilities. */
  static void ownFiles(Calls calls, UserPlan users) {
    calls.call(
        "stay able to mount under another user's name",
        Sys.PRCTL,
        Operand.named(PR_SET_SECUREBITS, "PR_SET_SECUREBITS"),
        Operand.named(SECBIT_NO_SETUID_FIXUP, "SECBIT_NO_SETUID_FIXUP"),
        Operand.of(0),
        Operand.of(0),
        Operand.of(0));
    calls.call(
        "what it makes is of the container's group 0",
        Sys.SETFSGID,
        Operand.of(users.ids().hostGroup(0)));
    calls.call(
        "what it makes is of the container's user 0",
        Sys.SETFSUID,
        Operand.of(users.ids().hostUser(0)));
  }

  /** Puts the engine's folder, with mapped ids, where the layers are then mounted from. */
  static void attachLayers(Calls calls, Fd tree, ContainerPlan plan) {
    String at = plan.mountPoint().toString();
    calls
        .call(
            "see the layers with the container's users",
            Sys.MOVE_MOUNT,
            Operand.of(tree),
            Operand.of(""),
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of(at),
            Operand.named(MountCalls.MOVE_MOUNT_F_EMPTY_PATH, "MOVE_MOUNT_F_EMPTY_PATH"))
        .shell(
            () ->
                "mount --bind -o X-mount.idmap="
                    + plan.namespaces().users().orElseThrow().processFolder()
                    + "/ns/user "
                    + Shell.quote(plan.overlayFolder().toString())
                    + ' '
                    + Shell.quote(at));
  }

  /**
   * Enters, and takes mounts and control groups along: as a copy for a lesser user namespace, whose
   * mounts nobody in there can take apart (mount_namespaces(7), "restrictions").
   */
  static void enterWithMounts(Calls calls, UserPlan users, boolean ownCgroup) {
    enter(calls, users.process());
    long copied = ProcessCalls.CLONE_NEWNS | (ownCgroup ? ProcessCalls.CLONE_NEWCGROUP : 0);
    calls
        .call(
            "have its mounts belong to it",
            Sys.UNSHARE,
            Operand.named(copied, CloneFlags.shown(copied)))
        .shell("unshare " + CloneFlags.options(copied));
  }

  /** Enters the user namespace of a process. */
  static void enter(Calls calls, Fd process) {
    calls.call(
        "be in its user namespace",
        Sys.SETNS,
        Operand.of(process),
        Operand.named(ProcessCalls.CLONE_NEWUSER, "CLONE_NEWUSER"));
  }
}
