package io.jdocker.runtime.container;

import io.jdocker.images.OverlayMount;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;

/**
 * Gives an empty volume what the image has at the place it is mounted on, with owners and modes: a
 * database's folder belongs to its user, in a volume as in the image.
 */
final class VolumeSeed {
  private final Kernel kernel;
  private final Path root;

  VolumeSeed(Kernel kernel, Path root) {
    this.kernel = kernel;
    this.root = root;
  }

  /** Copies, where the volume is empty and the image has a folder there. */
  void seed(OverlayMount overlay, String target, Path volume) {
    try {
      if (!isEmpty(volume)) {
        return;
      }
      try (MountedRoot container = MountedRoot.mount(kernel, root, overlay)) {
        Optional<Fd> folder = open(container.folder(), target);
        if (folder.isPresent()) {
          try (Fd source = folder.get()) {
            copy(source, volume);
          }
        }
      }
    } catch (IOException e) {
      throw new SystemFailure(
          "cannot copy " + target + " of the image to the volume: " + e.getMessage(), e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private Optional<Fd> open(Fd container, String target) {
    try {
      return Optional.of(
          kernel
              .files()
              .open(
                  container.number(),
                  target,
                  OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY,
                  0,
                  OpenFlags.RESOLVE_IN_ROOT | OpenFlags.RESOLVE_NO_MAGICLINKS));
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void copy(Fd source, Path volume) throws IOException {
    // Through the descriptor: the mount has no path in the engine's namespace.
    Path from = Path.of(source.procPath() + "/.");
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            copyOne(folder, volume.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            copyOne(file, volume.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void copyOne(Path from, Path to) throws IOException {
    if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
      // The volume's own folder: it takes the image folder's place and its owner and mode.
      Object mode = Files.getAttribute(from, "unix:mode");
      Files.setAttribute(to, "unix:uid", Files.getAttribute(from, "unix:uid"));
      Files.setAttribute(to, "unix:gid", Files.getAttribute(from, "unix:gid"));
      Files.setAttribute(to, "unix:mode", mode);
    } else {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
