package io.jdocker.images.unpack;

import static io.jdocker.linux.OpenFlags.O_DIRECTORY;
import static io.jdocker.linux.OpenFlags.O_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_PATH;
import static io.jdocker.linux.OpenFlags.RESOLVE_BENEATH;
import static io.jdocker.linux.OpenFlags.RESOLVE_NO_SYMLINKS;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;

/** The unpacked layers below the one being unpacked, as overlayfs would show them together. */
public final class LowerLayers implements AutoCloseable {
  private static final int BENEATH = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;

  /** A file found, with its open folder, which the caller closes. */
  public record Found(Fd folder, String name, FileStatus status) implements AutoCloseable {
    @Override
    public void close() {
      folder.close();
    }
  }

  private enum Look {
    BELOW,
    HIDDEN
  }

  private final FileCalls files;
  private final List<Path> folders;
  private final List<Fd> layers = new ArrayList<>();

  /**
   * @param folders top layer first
   */
  public LowerLayers(FileCalls files, List<Path> folders) {
    this.files = files;
    this.folders = List.copyOf(folders);
    try {
      for (Path folder : folders) {
        layers.add(files.open(folder.toString(), O_PATH | O_DIRECTORY | O_NOFOLLOW, 0));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Every name in the roots of the layers. */
  Set<String> rootNames() {
    Set<String> names = new HashSet<>();
    for (Path folder : folders) {
      try (Stream<Path> children = Files.list(folder)) {
        children.forEach(child -> names.add(child.getFileName().toString()));
      } catch (IOException e) {
        throw new SystemFailure("cannot read " + folder + ": " + e.getMessage(), e);
      }
    }
    return names;
  }

  /** What stands at the path in the layers together; links are not followed. */
  public Optional<Found> find(EntryPath path) {
    for (Fd layer : layers) {
      Optional<Fd> folder = openFolder(layer, path.parent());
      Optional<FileStatus> status =
          folder.flatMap(f -> files.find(f.number(), path.name(), FileCalls.AT_SYMLINK_NOFOLLOW));
      if (status.isPresent() && !Overlay.isWhiteout(status.get())) {
        return Optional.of(new Found(folder.get(), path.name(), status.get()));
      }
      folder.ifPresent(Fd::close);
      if (status.isPresent() || look(layer, path) == Look.HIDDEN) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether this layer, which has no such file, hides those of the layers below it. */
  private Look look(Fd layer, EntryPath path) {
    EntryPath prefix = new EntryPath(List.of());
    for (String part : path.parent().parts()) {
      Optional<Fd> folder = openFolder(layer, prefix);
      if (folder.isEmpty()) {
        return Look.BELOW;
      }
      try (Fd parent = folder.get()) {
        Optional<FileStatus> status =
            files.find(parent.number(), part, FileCalls.AT_SYMLINK_NOFOLLOW);
        if (status.isEmpty()) {
          return Look.BELOW;
        }
        if (!status.get().isDirectory() || Overlay.isOpaque(files, parent, part)) {
          return Look.HIDDEN;
        }
      }
      prefix = prefix.child(part);
    }
    return Look.BELOW;
  }

  private Optional<Fd> openFolder(Fd layer, EntryPath path) {
    try {
      return Optional.of(
          files.open(layer.number(), path.toString(), O_PATH | O_DIRECTORY, 0, BENEATH));
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    layers.forEach(Fd::close);
  }
}
