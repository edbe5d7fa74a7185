package io.jdocker.linux;

/**
 * Flags of openat2(2), with the values of x86-64 (asm-generic/fcntl.h). {@link #forKernel} gives
 * those of the architecture at hand: aarch64 numbers three of them differently.
 */
public final class OpenFlags {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0100;
  public static final int O_EXCL = 0200;
  public static final int O_NOCTTY = 0400;
  public static final int O_TRUNC = 01000;
  public static final int O_APPEND = 02000;
  public static final int O_NONBLOCK = 04000;
  public static final int O_DIRECTORY = 0200000;
  public static final int O_NOFOLLOW = 0400000;
  public static final int O_CLOEXEC = 02000000;
  public static final int O_PATH = 010000000;

  /** Neither the path nor a link in it may leave the mount it starts on (Linux 5.6). */
  public static final int RESOLVE_NO_XDEV = 0x01;

  /** No magic link such as /proc/PID/fd/N is followed. */
  public static final int RESOLVE_NO_MAGICLINKS = 0x02;

  /** No symbolic link is followed, not even in the middle. */
  public static final int RESOLVE_NO_SYMLINKS = 0x04;

  /** A path that would leave the starting folder fails with EXDEV. */
  public static final int RESOLVE_BENEATH = 0x08;

  /** The starting folder is the root for "..", and for absolute links, as after chroot(2). */
  public static final int RESOLVE_IN_ROOT = 0x10;

  private static final int ARM_O_DIRECTORY = 040000;
  private static final int ARM_O_NOFOLLOW = 0100000;

  private OpenFlags() {}

  static long forKernel(int flags, Architecture architecture) {
    if (architecture == Architecture.X86_64) {
      return flags;
    }
    int translated = flags & ~(O_DIRECTORY | O_NOFOLLOW);
    if ((flags & O_DIRECTORY) != 0) {
      translated |= ARM_O_DIRECTORY;
    }
    if ((flags & O_NOFOLLOW) != 0) {
      translated |= ARM_O_NOFOLLOW;
    }
    return translated;
  }
}
