package io.jdocker.images.unpack;

import static io.jdocker.linux.OpenFlags.O_DIRECTORY;
import static io.jdocker.linux.OpenFlags.O_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_PATH;
import static io.jdocker.linux.OpenFlags.RESOLVE_IN_ROOT;
import static io.jdocker.linux.OpenFlags.RESOLVE_NO_MAGICLINKS;
import static io.jdocker.linux.OpenFlags.RESOLVE_NO_XDEV;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import java.util.Optional;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;

/**
 * The folder a layer is unpacked into. Links of the layer are followed as after chroot(2) into this
 * folder; nothing outside of it can be reached (CVE-2014-6407, CVE-2014-9356, CVE-2021-29136).
 */
final class LayerRoot implements AutoCloseable {
  private static final int RESOLVE = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;

  // The kernel follows at most 40 links in one path (path_resolution(7)).
  private static final int MAX_LINKS = 40;
  private static final int PRIVATE_MODE = 0700;

  private final FileCalls files;
  private final Fd root;
  private final Consumer<EntryPath> onImplicitDirectory;
  private Optional<Fd> recent = Optional.empty();
  private EntryPath recentPath = new EntryPath(java.util.List.of());

  /**
   * @param onImplicitDirectory told of folders that had to be made because a member lies in them
   */
  LayerRoot(FileCalls files, String folder, Consumer<EntryPath> onImplicitDirectory) {
    this.files = files;
    this.root = files.open(folder, O_PATH | O_DIRECTORY | O_NOFOLLOW, 0);
    this.onImplicitDirectory = onImplicitDirectory;
  }

  FileCalls files() {
    return files;
  }

  /**
   * The folder that holds a path, made where missing. It stays open until the next call of this
   * method: archives list a folder's files one after another. It cannot go stale, because whoever
   * replaces a folder or link asks for that one's own parent first.
   */
  Fd parentOf(EntryPath path) throws TarFormatException {
    EntryPath parent = path.parent();
    if (recent.isPresent() && recentPath.equals(parent)) {
      return recent.get();
    }
    forget();
    Fd folder = makeDirectories(parent, MAX_LINKS);
    recent = Optional.of(folder);
    recentPath = parent;
    return folder;
  }

  /** The folder itself, if that is what stands there; links are followed within the root. */
  Optional<Fd> find(EntryPath folder) throws TarFormatException {
    try {
      return Optional.of(openDirectory(folder.toString()));
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void forget() {
    recent.ifPresent(Fd::close);
    recent = Optional.empty();
  }

  private Fd openDirectory(String path) {
    return files.open(root.number(), path, O_PATH | O_DIRECTORY, 0, RESOLVE);
  }

  private Fd makeDirectories(EntryPath folder, int linksLeft) throws TarFormatException {
    try {
      return openDirectory(folder.toString());
    } catch (SyscallException e) {
      boolean missing = e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR);
      if (!missing || folder.isRoot()) {
        throw e;
      }
    }
    try (Fd parent = makeDirectories(folder.parent(), linksLeft)) {
      Optional<FileStatus> there =
          files.find(parent.number(), folder.name(), FileCalls.AT_SYMLINK_NOFOLLOW);
      if (there.filter(FileStatus::isSymbolicLink).isPresent()) {
        return makeLinkTarget(folder, parent, linksLeft);
      }
      if (there.isPresent()) {
        if (!Overlay.isWhiteout(there.get())) {
          throw new TarFormatException("cannot make a file below " + folder + ": not a folder");
        }
        // A whiteout of this layer: the folder is new, and nothing of the lower one shows through.
        files.unlink(parent.number(), folder.name(), 0);
      }
      files.makeDirectory(parent.number(), folder.name(), PRIVATE_MODE);
      if (there.isPresent()) {
        Overlay.makeOpaque(files, parent, folder.name());
      }
      onImplicitDirectory.accept(folder);
      return files.open(
          parent.number(),
          folder.name(),
          O_PATH | O_DIRECTORY | O_NOFOLLOW,
          0,
          OpenFlags.RESOLVE_BENEATH);
    }
  }

  /** The folder is a link to what does not exist yet: as docker does, it is made, in the root. */
  private Fd makeLinkTarget(EntryPath link, Fd parent, int linksLeft) throws TarFormatException {
    if (linksLeft == 0) {
      throw new TarFormatException("too many symbolic links in " + link);
    }
    String target = files.readLink(parent.number(), link.name());
    String path = target.startsWith("/") ? target : link.parent() + "/" + target;
    return makeDirectories(EntryPath.parse(path), linksLeft - 1);
  }

  @Override
  public void close() {
    forget();
    root.close();
  }
}
