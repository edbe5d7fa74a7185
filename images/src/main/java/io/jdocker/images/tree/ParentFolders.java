package io.jdocker.images.tree;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.unpack.EntryPath;
import io.jdocker.linux.Fd;
import io.jdocker.linux.SyscallException;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * The folders that members lie in, made where an archive does not bring them. The one used last
 * stays open, as archives list a folder's files one after another.
 */
final class ParentFolders implements AutoCloseable {
  private static final int IMPLICIT_MODE = 0755;

  private final TreeRoot root;
  private final String base;
  private final Optional<WriteRules.Owner> owner;
  private Optional<Fd> recent = Optional.empty();
  private EntryPath recentPath = new EntryPath(List.of());

  ParentFolders(TreeRoot root, String base, Optional<WriteRules.Owner> owner) {
    this.root = root;
    this.base = base;
    this.owner = owner;
  }

  /** The folder that holds the path; good until the next call. */
  Fd of(EntryPath path) throws TarFormatException {
    EntryPath parent = path.parent();
    if (recent.isEmpty() || !recentPath.equals(parent)) {
      forget();
      recent = Optional.of(make(parent));
      recentPath = parent;
    }
    return recent.get();
  }

  /** The folder itself, which must be there. */
  Fd open(EntryPath folder) throws TarFormatException {
    try {
      return root.openFolder(base + "/" + folder);
    } catch (SyscallException e) {
      if (TreeRoot.isMissing(e)) {
        throw new TarFormatException("there is no folder " + folder);
      }
      throw e;
    }
  }

  /** The folder itself, made where missing; the caller closes it. */
  Fd make(EntryPath folder) throws TarFormatException {
    Optional<Fd> there = root.findFolder(base + "/" + folder);
    if (there.isPresent()) {
      return there.get();
    }
    if (folder.isRoot()) {
      throw new TarFormatException(base + " is no folder any more");
    }
    try (Fd parent = make(folder.parent())) {
      makeDirectory(parent, folder);
    }
    return open(folder);
  }

  private void makeDirectory(Fd parent, EntryPath folder) throws TarFormatException {
    try {
      root.files().makeDirectory(parent.number(), folder.name(), IMPLICIT_MODE);
    } catch (SyscallException e) {
      if (e.is(Errno.EEXIST)) {
        throw new TarFormatException("cannot make a file below " + folder + ": not a folder");
      }
      throw e;
    }
    owner.ifPresent(
        o ->
            root.files()
                .changeOwner(
                    parent.number(),
                    folder.name(),
                    o.uid(),
                    o.gid(),
                    io.jdocker.linux.FileCalls.AT_SYMLINK_NOFOLLOW));
  }

  private void forget() {
    recent.ifPresent(Fd::close);
    recent = Optional.empty();
  }

  @Override
  public void close() {
    forget();
  }
}
