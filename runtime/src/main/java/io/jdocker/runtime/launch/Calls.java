package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.constants.platform.Errno;

/**
 * The system calls that the chapters of a launch are made of, each with the command a person would
 * type. They are made by the child, so paths are the child's: the host's before the pivot, the
 * container's after.
 */
final class Calls {
  private static final Operand CWD = Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD");
  private static final Operand NULL = Operand.named(0, "NULL");

  private final LaunchProgram.Builder program;

  Calls(LaunchProgram.Builder program) {
    this.program = program;
  }

  /** Any other call. */
  Step call(String purpose, Sys call, Operand... operands) {
    return program.add(purpose, call, operands);
  }

  /** mount(2); a null operand is NULL. */
  Step mount(String purpose, String source, String target, String type, MountOptions options) {
    return program
        .add(
            purpose,
            Sys.MOUNT,
            text(source),
            Operand.of(target),
            text(type),
            Operand.named(options.flags(), options.flagNames()),
            text(options.data()))
        .shell(() -> options.shell(source, target, type));
  }

  /** Makes a folder where none is. */
  Step makeFolder(String path, int mode) {
    return program
        .add("a folder to mount on", Sys.MKDIRAT, CWD, Operand.of(path), octal(mode))
        .tolerate(Errno.EEXIST)
        .shell(() -> "mkdir -p -m " + Integer.toOctalString(mode) + " " + Shell.quote(path));
  }

  /** Makes a folder and those above it, as mkdir -p does. */
  void makeFolders(String path, int mode) {
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      program
          .add(
              "a folder above it",
              Sys.MKDIRAT,
              CWD,
              Operand.of(path.substring(0, slash)),
              octal(mode))
          .tolerate(Errno.EEXIST);
    }
    makeFolder(path, mode);
  }

  /** Makes an empty file to mount a file on, where none is. */
  Step makeFile(String path) {
    return program
        .add(
            "a file to mount on", Sys.MKNODAT, CWD, Operand.of(path), octal(0100644), Operand.of(0))
        .tolerate(Errno.EEXIST)
        .shell(() -> "[ -e " + Shell.quote(path) + " ] || touch " + Shell.quote(path));
  }

  Step makeNode(String purpose, DeviceNode node) {
    return program
        .add(
            purpose,
            Sys.MKNODAT,
            CWD,
            Operand.of(node.path()),
            octal(node.mode()),
            Operand.named(node.number(), node.major() + ":" + node.minor()))
        .shell(node::shell);
  }

  /** Gives a file to its owner, not following a link. */
  Step giveTo(String path, int uid, int gid) {
    return program
        .add(
            "give it to its owner",
            Sys.FCHOWNAT,
            CWD,
            Operand.of(path),
            Operand.of(uid),
            Operand.of(gid),
            Operand.named(FileCalls.AT_SYMLINK_NOFOLLOW, "AT_SYMLINK_NOFOLLOW"))
        .shell(() -> "chown -h " + uid + ":" + gid + " " + Shell.quote(path));
  }

  Step symbolicLink(String target, String path) {
    return program
        .add("a customary link", Sys.SYMLINKAT, Operand.of(target), CWD, Operand.of(path))
        .tolerate(Errno.EEXIST)
        .shell("ln -s " + target + " " + path);
  }

  /**
   * Enters a folder below the root, refusing a symbolic link anywhere in the path: an image that
   * ships /proc or /dev as a link must not choose where we mount (CVE-2019-19921, CVE-2026-41579).
   */
  void enterWithoutLinks(String path) {
    ByteBuffer how = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    how.putLong(OpenFlags.O_PATH | OpenFlags.O_CLOEXEC);
    how.putLong(0).putLong(OpenFlags.RESOLVE_NO_SYMLINKS);
    Step folder =
        program.add(
            "open it, through no symbolic link",
            Sys.OPENAT2,
            CWD,
            Operand.of(path),
            new Operand.Memory(how.array(), "{O_PATH, RESOLVE_NO_SYMLINKS}"),
            Operand.of(24));
    program.add("enter " + path, Sys.FCHDIR, Operand.of(folder));
    program.add("close it", Sys.CLOSE, Operand.of(folder));
  }

  /** Mounts on the folder {@link #enterWithoutLinks} entered, then enters the mount. */
  void mountHere(String purpose, String source, String path, String type, MountOptions options) {
    enterWithoutLinks(path);
    program
        .add(
            purpose,
            Sys.MOUNT,
            Operand.of(source),
            Operand.of("."),
            Operand.of(type),
            Operand.named(options.flags(), options.flagNames()),
            text(options.data()))
        .shell(() -> options.shell(source, path, type));
    enter(path);
  }

  Step enter(String path) {
    return program.add("enter " + path, Sys.CHDIR, Operand.of(path));
  }

  /** Attaches a detached copy of a mount, made before the pivot, to a path of the container. */
  Step attachMount(String purpose, VolumeMount.Tree tree) {
    return program
        .add(
            purpose,
            Sys.MOVE_MOUNT,
            Operand.of(tree.tree()),
            Operand.of(""),
            CWD,
            Operand.of(tree.target()),
            Operand.named(
                MountCalls.MOVE_MOUNT_F_EMPTY_PATH | MountCalls.MOVE_MOUNT_T_SYMLINKS,
                "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_SYMLINKS"))
        .shell(() -> bind(tree));
  }

  private static String bind(VolumeMount.Tree tree) {
    String target = Shell.quote(tree.target());
    String bind = "mount --rbind " + Shell.hostPath(tree.source()) + " " + target;
    return tree.readOnly() ? bind + " && mount -o remount,bind,ro " + target : bind;
  }

  Step close(Operand fd) {
    return program.add("close it", Sys.CLOSE, fd);
  }

  static Operand octal(int mode) {
    return Operand.named(mode, "0" + Integer.toOctalString(mode));
  }

  private static Operand text(String value) {
    return value == null || value.isEmpty() ? NULL : Operand.of(value);
  }
}
