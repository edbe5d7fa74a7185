package io.jdocker.images.change;

import io.jdocker.images.change.Change.Kind;
import io.jdocker.images.unpack.EntryPath;
import io.jdocker.images.unpack.LowerLayers;
import io.jdocker.images.unpack.Overlay;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks the writable folder of an overlay and compares it with the layers below. */
final class UpperWalk implements AutoCloseable {
  /** Takes what is found, folders before what they hold. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes one.
     *
     * @param folder the open folder that the file lies in, or is missing from
     */
    void visit(ChangedFile file, Fd folder) throws IOException;
  }

  private static final int FOLDER =
      OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;

  private final Kernel kernel;
  private final FileCalls files;
  private final LowerLayers lower;
  private final Fd upper;
  private final Set<String> mountPoints;
  private final Visitor visitor;

  /**
   * @param mountPoints absolute paths that the engine may have made to mount on
   */
  UpperWalk(
      Kernel kernel, Path upper, List<Path> lowers, Set<String> mountPoints, Visitor visitor) {
    this.kernel = kernel;
    this.files = kernel.files();
    this.mountPoints = Set.copyOf(mountPoints);
    this.visitor = visitor;
    this.lower = new LowerLayers(files, lowers);
    try {
      this.upper = files.open(upper.toString(), FOLDER, 0);
    } catch (RuntimeException e) {
      lower.close();
      throw e;
    }
  }

  void run() throws IOException {
    walk(upper, new EntryPath(List.of()), true);
  }

  /**
   * @param covers whether layers below have a folder at this place that shows through
   */
  private void walk(Fd folder, EntryPath path, boolean covers) throws IOException {
    for (String name : kernel.directories().names(folder)) {
      Optional<FileStatus> found = files.find(folder.number(), name, FileCalls.AT_SYMLINK_NOFOLLOW);
      if (found.isPresent()) {
        visit(folder, path.child(name), found.get(), covers);
      }
    }
  }

  private void visit(Fd folder, EntryPath path, FileStatus status, boolean covers)
      throws IOException {
    Optional<FileStatus> below = covers ? below(path) : Optional.empty();
    if (Overlay.isWhiteout(status)) {
      if (below.isPresent()) {
        visitor.visit(new ChangedFile(Kind.DELETED, path, Optional.empty(), false, false), folder);
      }
      return;
    }
    Kind kind = below.isPresent() ? Kind.MODIFIED : Kind.ADDED;
    if (!status.isDirectory()) {
      boolean engines =
          kind == Kind.ADDED
              && mountPoints.contains("/" + path)
              && status.isRegular()
              && status.size() == 0;
      visitor.visit(new ChangedFile(kind, path, Optional.of(status), false, engines), folder);
      return;
    }
    boolean wasFolder = below.filter(FileStatus::isDirectory).isPresent();
    boolean opaque = wasFolder && Overlay.isOpaque(files, folder, path.name());
    try (Fd open = files.open(folder.number(), path.name(), FOLDER, 0, 0)) {
      visitor.visit(
          new ChangedFile(
              kind, path, Optional.of(status), opaque, !opaque && isEngines(path, status, below)),
          folder);
      walk(open, path, wasFolder && !opaque);
    }
  }

  /** A mount point, or a folder on the way to one with the owner and mode that it had before. */
  private boolean isEngines(EntryPath path, FileStatus now, Optional<FileStatus> before) {
    String absolute = "/" + path;
    if (before.isEmpty() && mountPoints.contains(absolute)) {
      return true;
    }
    boolean same =
        before
            .map(b -> b.mode() == now.mode() && b.uid() == now.uid() && b.gid() == now.gid())
            .orElse(true);
    String prefix = absolute + "/";
    return same && mountPoints.stream().anyMatch(point -> point.startsWith(prefix));
  }

  private Optional<FileStatus> below(EntryPath path) {
    try (LowerLayers.Found found = lower.find(path).orElse(null)) {
      return found == null ? Optional.empty() : Optional.of(found.status());
    }
  }

  @Override
  public void close() {
    upper.close();
    lower.close();
  }
}
