package io.jdocker.images.unpack;

import static io.jdocker.linux.FileCalls.AT_SYMLINK_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_CREAT;
import static io.jdocker.linux.OpenFlags.O_EXCL;
import static io.jdocker.linux.OpenFlags.O_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_WRONLY;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tar.TarType;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;

/**
 * Unpacks one layer's tar into an empty folder, as overlayfs wants a lower layer. Of two members
 * with the same name the last wins; whiteouts hide files of lower layers only.
 */
public final class LayerUnpacker implements AutoCloseable {
  private static final int PRIVATE_MODE = 0700;

  private final FileCalls files;
  private final Path folder;
  private final LayerRoot root;
  private final LowerLayers lower;
  private final FileContent content;
  private final AttributeWriter attributes;
  private final Whiteouts whiteouts;
  private final HardLinks links;
  private final LayerListener listener;

  // Given at the end: a folder's time changes with each file made in it, and its mode or set-gid
  // bit would change how they are made.
  private final Map<EntryPath, Attributes> folders = new HashMap<>();
  private long size;

  /**
   * @param folder where to unpack: empty, and nobody else writes there
   * @param lowerFolders unpacked layers below, top one first
   * @param warnings told of what the file system cannot hold
   */
  public LayerUnpacker(
      Kernel kernel, Path folder, List<Path> lowerFolders, Consumer<String> warnings) {
    this(kernel, folder, lowerFolders, warnings, LayerListener.NONE);
  }

  /** As the other; who listens is told what the layer brings. */
  public LayerUnpacker(
      Kernel kernel,
      Path folder,
      List<Path> lowerFolders,
      Consumer<String> warnings,
      LayerListener listener) {
    this.listener = listener;
    this.files = kernel.files();
    this.folder = folder;
    this.lower = new LowerLayers(files, lowerFolders);
    this.root = new LayerRoot(files, folder.toString(), this::inherit);
    this.content = new FileContent(kernel);
    this.attributes = new AttributeWriter(files, warnings);
    this.whiteouts = new Whiteouts(files, root, lower, listener);
    this.links = new HardLinks(files, root, lower, content, attributes);
  }

  /**
   * Unpacks the whole archive.
   *
   * @return bytes in its regular files
   * @throws IOException when the archive is damaged or asks for what cannot be; the folder then
   *     holds a part
   */
  public long unpack(TarReader tar) throws IOException {
    inherit(new EntryPath(List.of()));
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      try {
        unpack(tar, entry);
      } catch (SyscallException e) {
        if (isArchivesFault(e)) {
          throw new TarFormatException("cannot unpack " + entry.name() + ": " + e.getMessage());
        }
        throw e;
      }
    }
    whiteouts.finish();
    for (Map.Entry<EntryPath, Attributes> made : folders.entrySet()) {
      finish(made.getKey(), made.getValue());
    }
    return size;
  }

  /** What the kernel says to an impossible name or number, whoever asks. */
  private static boolean isArchivesFault(SyscallException e) {
    return e.is(Errno.ENAMETOOLONG)
        || e.is(Errno.ENOTDIR)
        || e.is(Errno.ELOOP)
        || e.is(Errno.EINVAL)
        || e.is(Errno.EFBIG)
        || e.is(Errno.EXDEV)
        || e.is(Errno.EMLINK)
        || e.is(Errno.ENOENT);
  }

  private void unpack(TarReader tar, TarEntry entry) throws IOException {
    EntryPath path = EntryPath.parse(entry.name());
    if (path.isRoot()) {
      if (entry.type() != TarType.DIRECTORY) {
        throw new TarFormatException("the root folder is not a folder: " + entry.name());
      }
      folders.put(path, Attributes.of(entry));
      listener.made(path, entry, -1);
      return;
    }
    if (whiteouts.apply(path)) {
      return;
    }
    Fd parent = root.parentOf(path);
    if (entry.type() == TarType.DIRECTORY) {
      makeFolder(parent, path);
      folders.put(path, Attributes.of(entry));
      listener.made(path, entry, -1);
      return;
    }
    clear(parent, path);
    if (entry.type() == TarType.HARD_LINK) {
      links.make(path, EntryPath.parse(entry.linkName()));
      listener.made(path, entry, -1);
      return;
    }
    make(tar, entry, parent, path.name());
    attributes.apply(parent, path.name(), entry.type(), Attributes.of(entry));
    boolean whole = entry.type() == TarType.FILE && entry.sparse().isEmpty();
    listener.made(path, entry, whole && entry.realSize() == entry.size() ? content.checksum() : -1);
  }

  private void makeFolder(Fd parent, EntryPath path) {
    Optional<FileStatus> there = files.find(parent.number(), path.name(), AT_SYMLINK_NOFOLLOW);
    if (there.filter(FileStatus::isDirectory).isPresent()) {
      return;
    }
    there.ifPresent(file -> files.unlink(parent.number(), path.name(), 0));
    files.makeDirectory(parent.number(), path.name(), PRIVATE_MODE);
    if (there.filter(Overlay::isWhiteout).isPresent()) {
      // This layer deletes the lower folder and makes a new one.
      Overlay.makeOpaque(files, parent, path.name());
    }
  }

  private void make(TarReader tar, TarEntry entry, Fd parent, String name) throws IOException {
    switch (entry.type()) {
      case FILE -> {
        int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
        try (Fd file =
            files.open(parent.number(), name, flags, PRIVATE_MODE, OpenFlags.RESOLVE_BENEATH)) {
          content.write(tar.content(), entry, file);
        }
        size += entry.realSize();
      }
      case SYMBOLIC_LINK -> files.symbolicLink(entry.linkName(), parent.number(), name);
      case FIFO -> files.makeNode(parent.number(), name, FileStatus.S_IFIFO | PRIVATE_MODE, 0);
      case CHARACTER_DEVICE -> makeDevice(entry, parent, name, FileStatus.S_IFCHR);
      case BLOCK_DEVICE -> makeDevice(entry, parent, name, FileStatus.S_IFBLK);
      case DIRECTORY, HARD_LINK -> throw new IllegalStateException("handled before: " + entry);
    }
  }

  private void makeDevice(TarEntry entry, Fd parent, String name, int type)
      throws TarFormatException {
    long device = FileStatus.makeDevice(entry.deviceMajor(), entry.deviceMinor());
    if (type == FileStatus.S_IFCHR && device == 0) {
      // On disk it would be a whiteout, which an archive has other words for.
      throw new TarFormatException("character device 0:0 is not allowed: " + entry.name());
    }
    files.makeNode(parent.number(), name, type | PRIVATE_MODE, device);
  }

  /** Makes room for a member that is no folder. */
  private void clear(Fd parent, EntryPath path) throws IOException {
    Optional<FileStatus> there = files.find(parent.number(), path.name(), AT_SYMLINK_NOFOLLOW);
    if (there.isEmpty()) {
      return;
    }
    if (there.get().isDirectory()) {
      // Moved out first, to a name that the JVM can spell in any locale.
      Path aside = folder.resolveSibling(folder.getFileName() + ".replaced");
      files.rename(parent.number(), path.name(), FileCalls.AT_FDCWD, aside.toString());
      TreeRemover.remove(aside);
      folders.keySet().removeIf(made -> made.isBelow(path));
    } else {
      files.unlink(parent.number(), path.name(), 0);
    }
  }

  /** A folder nobody described takes after the lower layers' one, which it hides. */
  private void inherit(EntryPath path) {
    Attributes plain = new Attributes(0755, 0, 0, 0, 0, Map.of());
    try (LowerLayers.Found found = lower.find(path).orElse(null)) {
      boolean folderBelow = found != null && found.status().isDirectory();
      folders.put(
          path,
          folderBelow ? Attributes.of(files, found.folder(), found.name(), found.status()) : plain);
    }
  }

  private void finish(EntryPath path, Attributes wanted) throws IOException {
    Optional<Fd> parent = root.find(path.parent());
    if (parent.isEmpty()) {
      return;
    }
    try (Fd open = parent.get()) {
      Optional<FileStatus> there = files.find(open.number(), path.name(), AT_SYMLINK_NOFOLLOW);
      if (there.filter(FileStatus::isDirectory).isPresent()) {
        attributes.apply(open, path.name(), TarType.DIRECTORY, wanted);
      }
    }
  }

  @Override
  public void close() {
    content.close();
    root.close();
    lower.close();
  }

  @Override
  public String toString() {
    return "unpacker of " + folder;
  }
}
