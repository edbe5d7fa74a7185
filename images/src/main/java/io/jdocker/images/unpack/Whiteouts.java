package io.jdocker.images.unpack;

import static io.jdocker.linux.FileCalls.AT_SYMLINK_NOFOLLOW;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import java.util.Optional;

/**
 * Members named {@code .wh.NAME} delete NAME of the lower layers, {@code .wh..wh..opq} all that a
 * lower folder holds (OCI image-spec layer.md, "Whiteouts"). They never touch what this layer
 * itself brings, in whatever order it comes.
 */
final class Whiteouts {
  private static final String PREFIX = ".wh.";
  private static final String META = ".wh..wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final FileCalls files;
  private final LayerRoot root;
  private final LowerLayers lower;
  private final LayerListener listener;
  private boolean opaqueRoot;

  Whiteouts(FileCalls files, LayerRoot root, LowerLayers lower, LayerListener listener) {
    this.listener = listener;
    this.files = files;
    this.root = root;
    this.lower = lower;
  }

  /** Applies the member if it is a whiteout; false if it is a file like any other. */
  boolean apply(EntryPath path) throws TarFormatException {
    String name = path.name();
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    if (name.equals(OPAQUE)) {
      makeOpaque(path.parent());
      listener.opaque(path.parent());
      return true;
    }
    if (name.startsWith(META)) {
      // AUFS' own book-keeping (.wh..wh.plnk, .wh..wh.aufs).
      return true;
    }
    String hidden = name.substring(PREFIX.length());
    if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
      throw new TarFormatException("invalid whiteout name: " + path);
    }
    hide(path.parent().child(hidden));
    listener.hidden(path.parent().child(hidden));
    return true;
  }

  private void hide(EntryPath hidden) throws TarFormatException {
    try (LowerLayers.Found below = lower.find(hidden).orElse(null)) {
      if (below == null) {
        // A device that hides nothing would show up in a folder that only this layer has.
        return;
      }
    }
    Fd parent = root.parentOf(hidden);
    Optional<FileStatus> there = files.find(parent.number(), hidden.name(), AT_SYMLINK_NOFOLLOW);
    if (there.isEmpty()) {
      Overlay.makeWhiteout(files, parent, hidden.name());
    } else if (there.get().isDirectory()) {
      Overlay.makeOpaque(files, parent, hidden.name());
    }
  }

  private void makeOpaque(EntryPath folder) throws TarFormatException {
    if (folder.isRoot()) {
      opaqueRoot = true;
      return;
    }
    Overlay.makeOpaque(files, root.parentOf(folder.child(OPAQUE)));
  }

  /** Does what had to wait until all members were there. */
  void finish() throws TarFormatException {
    if (!opaqueRoot) {
      return;
    }
    // overlayfs never looks at the opaque mark of a layer's root, so each name is hidden by itself.
    for (String name : lower.rootNames()) {
      hide(new EntryPath(java.util.List.of(name)));
    }
  }
}
