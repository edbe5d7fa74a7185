package io.jdocker.images;

import io.jdocker.images.inventory.FileRecord;
import io.jdocker.images.inventory.Inventory;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * Puts files of a layer back, from a copy unpacked from its blob: each by a rename, so that a
 * container that runs on the layer sees the old file or the new one.
 */
final class LayerRepair {
  private static final int FOLDER = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;

  private final Kernel kernel;
  private final FileCalls files;
  private final Path damaged;
  private final LayerCopy copy;
  private final Inventory inventory;

  LayerRepair(Kernel kernel, Path damaged, LayerCopy copy, Inventory inventory) {
    this.kernel = kernel;
    this.files = kernel.files();
    this.damaged = damaged;
    this.copy = copy;
    this.inventory = inventory;
  }

  /** Puts these back, and has them on disk. */
  void run(Collection<String> paths) {
    try (Fd from = files.open(copy.folder().toString(), FOLDER, 0);
        Fd to = files.open(damaged.toString(), FOLDER, 0)) {
      TreeRoot good = new TreeRoot(kernel, from);
      TreeRoot bad = new TreeRoot(kernel, to);
      for (String path : paths) {
        FileRecord file = inventory.file(path).orElseThrow();
        if (file.kind() == FileRecord.Kind.FOLDER) {
          mendFolder(bad, file);
        } else {
          replace(good, bad, path);
        }
      }
      try (Fd list = files.open(damaged.toString(), OpenFlags.O_RDONLY, 0)) {
        files.syncFileSystem(list);
      }
    }
  }

  private static String folderOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private void mendFolder(TreeRoot bad, FileRecord file) {
    String path = file.path();
    if (!path.equals(".")) {
      clear(bad, path, true);
      bad.makeFolders(path).close();
    }
    try (Fd folder = bad.openFolder(path)) {
      String place = folder.procPath();
      int follow = 0;
      files.changeOwner(FileCalls.AT_FDCWD, place, (int) file.uid(), (int) file.gid(), follow);
      files.changeMode(FileCalls.AT_FDCWD, place, file.mode());
    }
  }

  private void replace(TreeRoot good, TreeRoot bad, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    clear(bad, path, false);
    bad.makeFolders(folderOf(path)).close();
    try (Fd from = good.openFolder(folderOf(path));
        Fd to = bad.openFolder(folderOf(path))) {
      if (files.find(from.number(), name, FileCalls.AT_SYMLINK_NOFOLLOW).isEmpty()) {
        throw new SystemFailure("the layer's own archive has no " + path, null);
      }
      files.rename(from.number(), name, to.number(), name);
    }
  }

  /** What a rename cannot replace: a folder by a file, or a file by a folder. */
  private void clear(TreeRoot bad, String path, boolean byFolder) {
    Optional<Fd> parent = bad.findFolder(folderOf(path));
    if (parent.isEmpty()) {
      return;
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    try (Fd open = parent.get()) {
      Optional<FileStatus> there = files.find(open.number(), name, FileCalls.AT_SYMLINK_NOFOLLOW);
      if (there.isEmpty() || there.get().isDirectory() == byFolder) {
        return;
      }
      if (byFolder) {
        files.unlink(open.number(), name, 0);
      } else {
        Path aside = copy.folder().resolveSibling("aside");
        files.rename(open.number(), name, FileCalls.AT_FDCWD, aside.toString());
        TreeRemover.remove(aside);
      }
    }
  }
}
