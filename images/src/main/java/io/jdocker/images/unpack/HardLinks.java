package io.jdocker.images.unpack;

import static io.jdocker.linux.FileCalls.AT_SYMLINK_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_CREAT;
import static io.jdocker.linux.OpenFlags.O_EXCL;
import static io.jdocker.linux.OpenFlags.O_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_RDONLY;
import static io.jdocker.linux.OpenFlags.O_WRONLY;
import static io.jdocker.linux.OpenFlags.RESOLVE_BENEATH;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarType;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import java.util.Optional;

/**
 * Hard links of a layer. The target is found in this layer, or copied up from a lower one, and is
 * never followed when it is a symbolic link.
 */
final class HardLinks {
  private final FileCalls files;
  private final LayerRoot root;
  private final LowerLayers lower;
  private final FileContent content;
  private final AttributeWriter attributes;

  HardLinks(
      FileCalls files,
      LayerRoot root,
      LowerLayers lower,
      FileContent content,
      AttributeWriter attributes) {
    this.files = files;
    this.root = root;
    this.lower = lower;
    this.content = content;
    this.attributes = attributes;
  }

  void make(EntryPath link, EntryPath target) throws TarFormatException {
    Optional<Fd> folder = root.find(target.parent());
    if (folder.isEmpty()) {
      copyUp(link, target);
      linkFrom(root.find(target.parent()).orElseThrow(), link, target);
      return;
    }
    try (Fd open = folder.get()) {
      Optional<FileStatus> there = files.find(open.number(), target.name(), AT_SYMLINK_NOFOLLOW);
      if (there.isEmpty()) {
        copyUp(link, target);
      } else if (there.get().isDirectory() || Overlay.isWhiteout(there.get())) {
        throw missing(link, target);
      }
    }
    linkFrom(root.find(target.parent()).orElseThrow(), link, target);
  }

  private void linkFrom(Fd folder, EntryPath link, EntryPath target) throws TarFormatException {
    try (folder) {
      Fd parent = root.parentOf(link);
      files.link(folder.number(), target.name(), parent.number(), link.name(), 0);
    }
  }

  private void copyUp(EntryPath link, EntryPath target) throws TarFormatException {
    try (LowerLayers.Found found = lower.find(target).orElse(null)) {
      if (found == null) {
        throw missing(link, target);
      }
      Fd parent = root.parentOf(target);
      Attributes wanted = Attributes.of(files, found.folder(), found.name(), found.status());
      if (found.status().isRegular()) {
        copyFile(found, parent, target.name());
        attributes.apply(parent, target.name(), TarType.FILE, wanted);
      } else if (found.status().isSymbolicLink()) {
        String text = files.readLink(found.folder().number(), found.name());
        files.symbolicLink(text, parent.number(), target.name());
        attributes.apply(parent, target.name(), TarType.SYMBOLIC_LINK, wanted);
      } else {
        throw missing(link, target);
      }
    }
  }

  private void copyFile(LowerLayers.Found found, Fd parent, String name) {
    int create = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    try (Fd from =
            files.open(
                found.folder().number(), found.name(), O_RDONLY | O_NOFOLLOW, 0, RESOLVE_BENEATH);
        Fd to = files.open(parent.number(), name, create, 0600, RESOLVE_BENEATH)) {
      content.copy(from, to);
    }
  }

  private static TarFormatException missing(EntryPath link, EntryPath target) {
    return new TarFormatException(
        "hard link " + link + " leads to " + target + ", which is no file that came before it");
  }
}
