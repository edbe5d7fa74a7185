package io.jdocker.runtime.launch;

import io.jdocker.linux.FileStatus;

/**
 * A device node of a container.
 *
 * @param path in the container
 * @param mode file type and permission bits, as mknod(2) takes them
 * @param uid its owner
 */
public record DeviceNode(String path, int mode, int major, int minor, int uid, int gid) {
  static DeviceNode character(String name, int major, int minor) {
    return new DeviceNode("/dev/" + name, FileStatus.S_IFCHR | 0666, major, minor, 0, 0);
  }

  /** The same as the host's node, at that path. */
  static DeviceNode like(FileStatus host, String path) {
    return new DeviceNode(
        path,
        host.mode(),
        (int) FileStatus.major(host.rdev()),
        (int) FileStatus.minor(host.rdev()),
        host.uid(),
        host.gid());
  }

  static boolean isDevice(FileStatus status) {
    return status.type() == FileStatus.S_IFCHR || status.type() == FileStatus.S_IFBLK;
  }

  public boolean isBlock() {
    return (mode & FileStatus.S_IFMT) == FileStatus.S_IFBLK;
  }

  boolean hasOwner() {
    return uid != 0 || gid != 0;
  }

  long number() {
    return FileStatus.makeDevice(major, minor);
  }

  String shell() {
    // Not mknod -m, which needs a /proc to change the mode without following a link.
    String name = Shell.quote(path);
    return "mknod "
        + name
        + (isBlock() ? " b " : " c ")
        + major
        + ' '
        + minor
        + " && chmod "
        + Integer.toOctalString(mode & 07777)
        + ' '
        + name;
  }
}
