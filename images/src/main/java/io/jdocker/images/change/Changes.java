package io.jdocker.images.change;

import io.jdocker.images.OverlayMount;
import io.jdocker.images.change.Change.Kind;
import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.tree.TreeReader;
import io.jdocker.images.unpack.EntryPath;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The changes of one container. Folders and files that the engine made as mount points, and that
 * nobody wrote to, count for nothing, and nor do folders that changed by that alone: in Docker they
 * lie in a layer of their own.
 */
public final class Changes {
  private final Kernel kernel;
  private final OverlayMount overlay;
  private final Set<String> mountPoints;

  /**
   * @param mountPoints absolute paths that the engine may have made to mount on
   */
  public Changes(Kernel kernel, OverlayMount overlay, Set<String> mountPoints) {
    this.kernel = kernel;
    this.overlay = overlay;
    this.mountPoints = mountPoints;
  }

  /** All of them, sorted by path, as {@code docker diff} shows them. */
  public List<Change> list() {
    List<Change> changes = new ArrayList<>();
    try {
      walk(
          (file, folder) -> {
            changes.add(new Change(file.kind(), "/" + file.path()));
            if (file.opaque()) {
              changes.addAll(hidden(file.path(), folder));
            }
          });
    } catch (IOException e) {
      throw new SystemFailure("cannot read the changes of a container: " + e.getMessage(), e);
    }
    changes.sort(Comparator.comparing(Change::path));
    return changes;
  }

  /** What an opaque folder took away and did not bring again. */
  private List<Change> hidden(EntryPath path, Fd folder) {
    OpaqueFolder opaque = new OpaqueFolder(kernel, overlay.lower());
    return opaque.missing(path, folder).stream()
        .map(name -> new Change(Kind.DELETED, "/" + path.child(name)))
        .toList();
  }

  /**
   * Writes them as the members of a layer: deleted files as whiteouts.
   *
   * @return bytes in its regular files
   */
  public long writeLayer(TarSink sink) throws IOException {
    long[] size = {0};
    TreeReader reader = new TreeReader(kernel, sink);
    walk(
        (file, folder) -> {
          if (file.status().isEmpty()) {
            sink.put(whiteout(file.path().parent().child(".wh." + file.path().name())));
            return;
          }
          reader.put(folder, file.path().name(), file.path().toString(), file.status().get());
          size[0] += file.status().get().isRegular() ? file.status().get().size() : 0;
          if (file.opaque()) {
            sink.put(whiteout(file.path().child(".wh..wh..opq")));
          }
        });
    return size[0];
  }

  private static TarEntry whiteout(EntryPath path) {
    return TarEntry.plain(path.toString(), TarType.FILE, 0, 0);
  }

  /**
   * Walks, and holds folders that hold a mount point back until there is a reason to show them:
   * something else that changed below.
   */
  private void walk(UpperWalk.Visitor visitor) throws IOException {
    Deque<Held> held = new ArrayDeque<>();
    UpperWalk.Visitor filter =
        (file, folder) -> {
          while (!held.isEmpty() && !file.path().isBelow(held.peekLast().file().path())) {
            held.removeLast().close();
          }
          if (file.engines()) {
            held.addLast(new Held(file, duplicate(folder)));
            return;
          }
          for (Optional<Held> next = Optional.ofNullable(held.pollFirst());
              next.isPresent();
              next = Optional.ofNullable(held.pollFirst())) {
            try (Held release = next.get()) {
              visitor.visit(release.file(), release.folder());
            }
          }
          visitor.visit(file, folder);
        };
    try (UpperWalk walk =
        new UpperWalk(kernel, overlay.upper(), overlay.lower(), mountPoints, filter)) {
      walk.run();
    } finally {
      held.forEach(Held::close);
    }
  }

  private Fd duplicate(Fd folder) {
    return kernel.files().duplicate(folder, 0);
  }

  /** A folder that is shown only if something below it is. */
  private record Held(ChangedFile file, Fd folder) implements AutoCloseable {
    @Override
    public void close() {
      folder.close();
    }
  }
}
