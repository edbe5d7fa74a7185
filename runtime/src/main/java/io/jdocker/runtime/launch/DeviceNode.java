package io.jdocker.runtime.launch;

import io.jdocker.linux.FileStatus;

/**
 * A device node.
 *
 * @param mode file type and permission bits, as mknod(2) takes them
 */
record DeviceNode(String name, int mode, int major, int minor) {
  static DeviceNode character(String name, int major, int minor) {
    return new DeviceNode(name, FileStatus.S_IFCHR | 0666, major, minor);
  }

  long number() {
    return FileStatus.makeDevice(major, minor);
  }

  String shell(String path) {
    boolean block = (mode & FileStatus.S_IFMT) == FileStatus.S_IFBLK;
    // Not mknod -m, which needs a /proc to change the mode without following a link.
    String name = Shell.quote(path);
    return "mknod "
        + name
        + (block ? " b " : " c ")
        + major
        + ' '
        + minor
        + " && chmod "
        + Integer.toOctalString(mode & 07777)
        + ' '
        + name;
  }
}
