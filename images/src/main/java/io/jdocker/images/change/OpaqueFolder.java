package io.jdocker.images.change;

import io.jdocker.images.unpack.EntryPath;
import io.jdocker.images.unpack.LowerLayers;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jnr.constants.platform.Errno;

/** Compares a folder that was deleted and made again with what the layers have in it. */
final class OpaqueFolder {
  private static final int FOLDER =
      OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;

  private final Kernel kernel;
  private final List<Path> lowers;

  OpaqueFolder(Kernel kernel, List<Path> lowers) {
    this.kernel = kernel;
    this.lowers = lowers;
  }

  /** Names that the layers show there and the folder of that name in {@code parent} does not. */
  List<String> missing(EntryPath path, Fd parent) {
    Set<String> names = new TreeSet<>();
    List<String> missing = new ArrayList<>();
    try (LowerLayers layers = new LowerLayers(kernel.files(), lowers)) {
      lowers.forEach(layer -> names.addAll(names(layer, path)));
      try (Fd folder = kernel.files().open(parent.number(), path.name(), FOLDER, 0, 0)) {
        names.removeAll(kernel.directories().names(folder));
      }
      for (String name : names) {
        layers
            .find(path.child(name))
            .ifPresent(
                found -> {
                  found.close();
                  missing.add(name);
                });
      }
    }
    return missing;
  }

  private List<String> names(Path layer, EntryPath path) {
    try (Fd root = kernel.files().open(layer.toString(), OpenFlags.O_PATH, 0);
        Fd folder =
            kernel
                .files()
                .open(
                    root.number(),
                    path.toString(),
                    FOLDER,
                    0,
                    OpenFlags.RESOLVE_BENEATH | OpenFlags.RESOLVE_NO_SYMLINKS)) {
      return kernel.directories().names(folder);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
        return List.of();
      }
      throw e;
    }
  }
}
