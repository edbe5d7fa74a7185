package io.jdocker.linux;

/**
 * What statx(2) says of a file.
 *
 * @param mode type and permission bits, as st_mode of inode(7)
 * @param device the device the file lies on, as makedev(3) encodes it
 * @param rdev the device a device node stands for
 * @param mtimeSeconds modification time, seconds since the epoch
 */
public record FileStatus(
    int mode,
    int uid,
    int gid,
    long size,
    long inode,
    int links,
    long device,
    long rdev,
    long mtimeSeconds,
    int mtimeNanos) {
  public static final int S_IFMT = 0170000;
  public static final int S_IFSOCK = 0140000;
  public static final int S_IFLNK = 0120000;
  public static final int S_IFREG = 0100000;
  public static final int S_IFBLK = 0060000;
  public static final int S_IFDIR = 0040000;
  public static final int S_IFCHR = 0020000;
  public static final int S_IFIFO = 0010000;

  public int type() {
    return mode & S_IFMT;
  }

  public int permissions() {
    return mode & 07777;
  }

  public boolean isDirectory() {
    return type() == S_IFDIR;
  }

  public boolean isRegular() {
    return type() == S_IFREG;
  }

  public boolean isSymbolicLink() {
    return type() == S_IFLNK;
  }

  /** A device number as mknod(2) and stat(2) use it (glibc's makedev). */
  public static long makeDevice(long major, long minor) {
    return ((major & 0xfffff000L) << 32)
        | ((major & 0xfffL) << 8)
        | ((minor & 0xffffff00L) << 12)
        | (minor & 0xffL);
  }

  public static long major(long device) {
    return ((device >>> 32) & 0xfffff000L) | ((device >>> 8) & 0xfffL);
  }

  public static long minor(long device) {
    return ((device >>> 12) & 0xffffff00L) | (device & 0xffL);
  }
}
