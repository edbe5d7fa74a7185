package io.jdocker.runtime.container;

import io.jdocker.linux.FileStatus;
import java.time.Instant;

/**
 * A file of a container, as {@code docker cp} is told of it.
 *
 * @param name the last part of the path that was asked for
 * @param mode as Go's os.FileMode has it: permissions, and the type in the upper bits
 * @param linkTarget absolute path in the container that a symbolic link leads to, else empty
 */
public record PathStat(String name, long size, long mode, Instant mtime, String linkTarget) {
  static PathStat of(String name, FileStatus status, String linkTarget) {
    return new PathStat(
        name,
        status.size(),
        mode(status),
        Instant.ofEpochSecond(status.mtimeSeconds(), status.mtimeNanos()),
        linkTarget);
  }

  /** Go's bits, from io/fs: they have nothing to do with those of stat(2). */
  private static long mode(FileStatus status) {
    long type =
        switch (status.type()) {
          case FileStatus.S_IFDIR -> 1L << 31;
          case FileStatus.S_IFLNK -> 1L << 27;
          case FileStatus.S_IFBLK -> 1L << 26;
          case FileStatus.S_IFIFO -> 1L << 25;
          case FileStatus.S_IFSOCK -> 1L << 24;
          case FileStatus.S_IFCHR -> 1L << 26 | 1L << 21;
          default -> 0L;
        };
    int permissions = status.permissions();
    return type
        | (permissions & 0777)
        | ((permissions & 04000) != 0 ? 1L << 23 : 0)
        | ((permissions & 02000) != 0 ? 1L << 22 : 0)
        | ((permissions & 01000) != 0 ? 1L << 20 : 0);
  }

  /** Whether it is a folder. */
  public boolean isDirectory() {
    return (mode & 1L << 31) != 0;
  }
}
