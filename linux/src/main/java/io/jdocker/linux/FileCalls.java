package io.jdocker.linux;

import static io.jdocker.linux.OpenFlags.O_CLOEXEC;
import static io.jdocker.linux.OpenFlags.O_CREAT;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Calls on files. A path is relative to a directory descriptor ({@link #AT_FDCWD} for the working
 * directory). Every descriptor is opened with O_CLOEXEC.
 */
public final class FileCalls {
  public static final int AT_FDCWD = -100;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;
  public static final int AT_REMOVEDIR = 0x200;
  public static final int AT_SYMLINK_FOLLOW = 0x400;
  public static final int AT_EMPTY_PATH = 0x1000;

  private static final int PATH_MAX = 4096;

  /**
   * openat2(2): where a file was renamed anywhere or a mount made meanwhile, the kernel cannot tell
   * whether ".." has left the folder, says EAGAIN, and wants to be asked again.
   */
  private static final int ATTEMPTS = 128;

  private static final int STATX_SIZE = 256;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int F_ADD_SEALS = 1033;
  private static final int ALL_SEALS = 0xf; // seal, shrink, grow, write

  private final Kernel kernel;

  FileCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * openat2(2): opens below a directory under the given resolve rules.
   *
   * @param mode permission bits of a file it makes; 0 otherwise
   */
  public Fd open(int directory, String path, int flags, int mode, int resolve) {
    try (NativeArena arena = new NativeArena()) {
      long how = arena.allocate(24);
      NativeArena.putLong(how, OpenFlags.forKernel(flags | O_CLOEXEC, kernel.architecture()));
      NativeArena.putLong(how + 8, (flags & O_CREAT) != 0 ? mode : 0);
      NativeArena.putLong(how + 16, resolve);
      long name = arena.string(path);
      long fd = kernel.attempt(Sys.OPENAT2, directory, name, how, 24);
      for (int again = 1; Kernel.failedWith(fd, Errno.EAGAIN) && again < ATTEMPTS; again++) {
        fd = kernel.attempt(Sys.OPENAT2, directory, name, how, 24);
      }
      if (fd < 0) {
        throw new SyscallException(
            Sys.OPENAT2.callName()
                + "("
                + at(directory, path)
                + ", flags=0"
                + Integer.toOctalString(flags)
                + ")",
            (int) -fd);
      }
      return Fd.opened(kernel, fd);
    }
  }

  /** Opens a path of the host, links followed. */
  public Fd open(String path, int flags, int mode) {
    return open(AT_FDCWD, path, flags, mode, 0);
  }

  /** A duplicate whose number is at least {@code minimum}: fcntl(2) F_DUPFD_CLOEXEC. */
  public Fd duplicate(Fd fd, int minimum) {
    long copy =
        kernel.call(
            () -> fd + ", F_DUPFD_CLOEXEC", Sys.FCNTL, fd.number(), F_DUPFD_CLOEXEC, minimum);
    return Fd.opened(kernel, copy);
  }

  public void makeDirectory(int directory, String path, int mode) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> at(directory, path) + mode(mode), Sys.MKDIRAT, directory, arena.string(path), mode);
    }
  }

  /** mknodat(2): {@code mode} carries the file type of inode(7). */
  public void makeNode(int directory, String path, int mode, long device) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> at(directory, path) + mode(mode),
          Sys.MKNODAT,
          directory,
          arena.string(path),
          mode,
          device);
    }
  }

  public void symbolicLink(String target, int directory, String path) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> quoted(target) + ", " + at(directory, path),
          Sys.SYMLINKAT,
          arena.string(target),
          directory,
          arena.string(path));
    }
  }

  /** linkat(2) of an already open file; flags may hold AT_EMPTY_PATH with an empty source path. */
  public void link(int fromDirectory, String from, int directory, String path, int flags) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> at(fromDirectory, from) + ", " + at(directory, path),
          Sys.LINKAT,
          fromDirectory,
          arena.string(from),
          directory,
          arena.string(path),
          flags);
    }
  }

  public void unlink(int directory, String path, int flags) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(() -> at(directory, path), Sys.UNLINKAT, directory, arena.string(path), flags);
    }
  }

  public void rename(int fromDirectory, String from, int directory, String path) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> at(fromDirectory, from) + ", " + at(directory, path),
          Sys.RENAMEAT2,
          fromDirectory,
          arena.string(from),
          directory,
          arena.string(path),
          0);
    }
  }

  public String readLink(int directory, String path) {
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(PATH_MAX);
      long length =
          kernel.call(
              () -> at(directory, path),
              Sys.READLINKAT,
              directory,
              arena.string(path),
              buffer,
              PATH_MAX);
      return new String(NativeArena.getBytes(buffer, (int) length), StandardCharsets.UTF_8);
    }
  }

  /** statx(2); with AT_EMPTY_PATH and an empty path, of the descriptor itself. */
  public FileStatus status(int directory, String path, int flags) {
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(STATX_SIZE);
      kernel.call(
          () -> at(directory, path),
          Sys.STATX,
          directory,
          arena.string(path),
          flags,
          STATX_BASIC_STATS,
          buffer);
      return statusAt(buffer);
    }
  }

  public FileStatus status(Fd fd) {
    return status(fd.number(), "", AT_EMPTY_PATH);
  }

  /** As {@link #status}, empty where nothing stands under that name (ENOENT). */
  public Optional<FileStatus> find(int directory, String path, int flags) {
    try {
      return Optional.of(status(directory, path, flags));
    } catch (SyscallException e) {
      if (e.is(jnr.constants.platform.Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static FileStatus statusAt(long b) {
    return new FileStatus(
        NativeArena.getShort(b + 28) & 0xffff,
        NativeArena.getInt(b + 20),
        NativeArena.getInt(b + 24),
        NativeArena.getLong(b + 40),
        NativeArena.getLong(b + 32),
        NativeArena.getInt(b + 16),
        FileStatus.makeDevice(NativeArena.getInt(b + 136), NativeArena.getInt(b + 140)),
        FileStatus.makeDevice(NativeArena.getInt(b + 128), NativeArena.getInt(b + 132)),
        NativeArena.getLong(b + 112),
        NativeArena.getInt(b + 120));
  }

  /**
   * fchownat(2); with AT_EMPTY_PATH of the descriptor itself, with AT_SYMLINK_NOFOLLOW of a link.
   */
  public void changeOwner(int directory, String path, int uid, int gid, int flags) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> at(directory, path) + ", " + uid + ", " + gid,
          Sys.FCHOWNAT,
          directory,
          arena.string(path),
          uid,
          gid,
          flags);
    }
  }

  /** fchmodat(2), which follows a link: the caller has made sure that none stands there. */
  public void changeMode(int directory, String path, int mode) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> at(directory, path) + mode(mode),
          Sys.FCHMODAT,
          directory,
          arena.string(path),
          mode);
    }
  }

  public void changeMode(Fd fd, int mode) {
    kernel.call(() -> fd + mode(mode), Sys.FCHMOD, fd.number(), mode);
  }

  /** utimensat(2): sets the access and the modification time to the same moment. */
  public void setTime(int directory, String path, long seconds, int nanos, int flags) {
    try (NativeArena arena = new NativeArena()) {
      long times = arena.allocate(32);
      for (int i = 0; i < 2; i++) {
        NativeArena.putLong(times + 16L * i, seconds);
        NativeArena.putLong(times + 16L * i + 8, nanos);
      }
      kernel.call(
          () -> at(directory, path), Sys.UTIMENSAT, directory, arena.string(path), times, flags);
    }
  }

  /**
   * setxattr on the path itself, never through a link (lsetxattr(2)). To stay below a directory,
   * give {@code /proc/self/fd/DIR/name}.
   */
  public void setAttribute(String path, String name, byte[] value) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> quoted(path) + ", " + quoted(name) + ", " + value.length + " bytes",
          Sys.LSETXATTR,
          arena.string(path),
          arena.string(name),
          arena.bytes(value),
          value.length,
          0);
    }
  }

  /** lgetxattr(2); empty where the attribute is not set or the file system has none. */
  public Optional<byte[]> attribute(String path, String name) {
    try (NativeArena arena = new NativeArena()) {
      int limit = 65536;
      long buffer = arena.allocate(limit);
      long size =
          kernel.attempt(Sys.LGETXATTR, arena.string(path), arena.string(name), buffer, limit);
      return size < 0 ? Optional.empty() : Optional.of(NativeArena.getBytes(buffer, (int) size));
    }
  }

  /** llistxattr(2): the names of the attributes. */
  public java.util.List<String> attributes(String path) {
    try (NativeArena arena = new NativeArena()) {
      int limit = 65536;
      long buffer = arena.allocate(limit);
      long size = kernel.attempt(Sys.LLISTXATTR, arena.string(path), buffer, limit);
      if (size <= 0) {
        return java.util.List.of();
      }
      String names = new String(NativeArena.getBytes(buffer, (int) size), StandardCharsets.UTF_8);
      return Arrays.stream(names.split("\0", -1)).filter(n -> !n.isEmpty()).toList();
    }
  }

  /**
   * An executable in memory that nobody can change any more: memfd_create(2), sealed. A container
   * that reaches it through /proc/PID/exe can do no harm with it (CVE-2019-5736).
   */
  public Fd sealedMemory(String name, byte[] content) {
    Fd memory;
    try (NativeArena arena = new NativeArena()) {
      memory =
          Fd.opened(
              kernel,
              kernel.call(
                  () -> quoted(name),
                  Sys.MEMFD_CREATE,
                  arena.string(name),
                  MFD_CLOEXEC | MFD_ALLOW_SEALING));
    }
    try {
      writeFully(memory, content, 0, content.length);
      kernel.call(
          () -> memory + ", F_ADD_SEALS", Sys.FCNTL, memory.number(), F_ADD_SEALS, ALL_SEALS);
      return memory;
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /** Reads up to {@code length} bytes into native memory; 0 at the end, -errno on failure. */
  public long read(int fd, long buffer, long length) {
    return kernel.attempt(Sys.READ, fd, buffer, length);
  }

  /** Writes from native memory; the count written or -errno. */
  public long write(int fd, long buffer, long length) {
    return kernel.attempt(Sys.WRITE, fd, buffer, length);
  }

  /** Writes all of the content. */
  public void writeFully(Fd fd, byte[] content, int offset, int length) {
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(length);
      NativeArena.putBytes(buffer, content, offset, length);
      long done = 0;
      while (done < length) {
        long at = buffer + done;
        long rest = length - done;
        done += kernel.call(() -> fd + ", " + rest + " bytes", Sys.WRITE, fd.number(), at, rest);
      }
    }
  }

  public void sync(Fd fd) {
    kernel.call(fd::toString, Sys.FSYNC, fd.number());
  }

  /** syncfs(2): writes out the whole file system the descriptor lies on. */
  public void syncFileSystem(Fd fd) {
    kernel.call(fd::toString, Sys.SYNCFS, fd.number());
  }

  private static String at(int directory, String path) {
    return (directory == AT_FDCWD ? "AT_FDCWD" : Integer.toString(directory)) + ", " + quoted(path);
  }

  private static String mode(int mode) {
    return ", 0" + Integer.toOctalString(mode);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
