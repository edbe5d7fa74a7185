package io.jdocker.runtime.user;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * The files of a container that does not run: found in the layers of its overlay, top one first, by
 * overlayfs' own rules for whiteouts and opaque folders (kernel, filesystems/overlayfs.rst).
 */
public final class LayerFiles implements AccountFiles {
  private final Kernel kernel;
  private final List<Path> layers;

  /**
   * @param layers the writable folder, then the image's, top one first
   */
  public LayerFiles(Kernel kernel, List<Path> layers) {
    this.kernel = kernel;
    this.layers = List.copyOf(layers);
  }

  @Override
  public Optional<String> read(String path) {
    String folder = path.substring(0, path.lastIndexOf('/'));
    for (Path layer : layers) {
      try (Fd root = open(layer)) {
        Optional<FileStatus> found = find(root, path);
        if (found.isPresent()) {
          return isWhiteout(found.get()) ? Optional.empty() : readRegular(root, path);
        }
        if (hides(layer, folder)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private Fd open(Path layer) {
    try {
      return kernel.files().open(layer.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
        throw new SystemFailure(
            "layer " + layer + " is gone: load or import the container's image again", e);
      }
      throw e;
    }
  }

  private Optional<FileStatus> find(Fd root, String path) {
    try {
      return kernel.files().find(root.number(), path, FileCalls.AT_SYMLINK_NOFOLLOW);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOTDIR)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<String> readRegular(Fd root, String path) {
    return SmallFile.read(
        kernel, root, path, OpenFlags.RESOLVE_BENEATH | OpenFlags.RESOLVE_NO_SYMLINKS);
  }

  private static boolean isWhiteout(FileStatus status) {
    return status.type() == FileStatus.S_IFCHR && status.rdev() == 0;
  }

  private boolean hides(Path layer, String folder) {
    return kernel
        .files()
        .attribute(layer.resolve(folder).toString(), "trusted.overlay.opaque")
        .isPresent();
  }
}
