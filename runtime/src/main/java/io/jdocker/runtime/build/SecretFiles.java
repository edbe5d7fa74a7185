package io.jdocker.runtime.build;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;

/**
 * Secrets as files for steps to mount: in a tmpfs that is mounted with the first of them and goes
 * with the build, so that none is ever on a disk. Thread-safe.
 */
final class SecretFiles implements AutoCloseable {
  private static final long FLAGS =
      MountCalls.MS_NOSUID | MountCalls.MS_NODEV | MountCalls.MS_NOEXEC;
  private static final String OPTIONS = "mode=0700,size=64m";

  private final Kernel kernel;
  private final Path folder;
  private boolean mounted;
  private int files;

  /**
   * @param folder need not be there
   */
  SecretFiles(Kernel kernel, Path folder) {
    this.kernel = kernel;
    this.folder = folder;
  }

  /** A name in the tmpfs that nothing has. */
  synchronized Path newFile() {
    if (!mounted) {
      try {
        Files.createDirectory(folder);
      } catch (IOException e) {
        throw new SystemFailure("cannot make " + folder + ": " + e.getMessage(), e);
      }
      kernel.mounts().mount("tmpfs", folder.toString(), "tmpfs", FLAGS, OPTIONS);
      mounted = true;
    }
    return folder.resolve("s" + files++);
  }

  /** Writes one, for that user alone. */
  Path write(byte[] content, RunMount.Access access) {
    Path file = newFile();
    int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
    try (Fd open = kernel.files().open(file.toString(), flags, 0600)) {
      kernel.files().writeFully(open, content, 0, content.length);
    }
    give(file, access);
    return file;
  }

  /** Gives a file its owner and mode. */
  void give(Path file, RunMount.Access access) {
    try {
      Files.setAttribute(file, "unix:uid", access.uid());
      Files.setAttribute(file, "unix:gid", access.gid());
      Files.setAttribute(file, "unix:mode", access.mode());
    } catch (IOException e) {
      throw new SystemFailure("cannot give " + file + " its owner: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    if (mounted) {
      unmount(kernel, folder);
      mounted = false;
    }
  }

  /** Takes away what a build that was killed may have left mounted. */
  static void unmount(Kernel kernel, Path folder) {
    try {
      kernel
          .mounts()
          .unmount(folder.toString(), MountCalls.MNT_DETACH | MountCalls.UMOUNT_NOFOLLOW);
    } catch (SyscallException e) {
      // umount2(2): no mount point, or not there at all.
      if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }
}
