package io.jdocker.images.tree;

import static io.jdocker.linux.FileCalls.AT_SYMLINK_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_CREAT;
import static io.jdocker.linux.OpenFlags.O_EXCL;
import static io.jdocker.linux.OpenFlags.O_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_WRONLY;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.unpack.AttributeWriter;
import io.jdocker.images.unpack.Attributes;
import io.jdocker.images.unpack.EntryPath;
import io.jdocker.images.unpack.FileContent;
import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.OpenFlags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes members of an archive below a folder of a tree. ".." in a member's name ends at that
 * folder; links on the way are followed within the tree's root. What stands in a member's place is
 * replaced, save a folder by a folder. One thread; {@link #close} gives folders their times.
 */
public final class TreeWriter implements TarSink, AutoCloseable {
  private static final int PRIVATE_MODE = 0700;
  private static final String ASIDE = ".jdocker-replaced";

  private final TreeRoot root;
  private final String base;
  private final WriteRules rules;
  private final ParentFolders parents;
  private final FileContent content;
  private final AttributeWriter attributes;
  private final Map<EntryPath, Attributes> folders = new LinkedHashMap<>();

  /**
   * @param base the folder to write to, as a path from the root; it exists
   * @param warnings told of what the file system cannot hold
   */
  public TreeWriter(TreeRoot root, String base, WriteRules rules, Consumer<String> warnings) {
    this.root = root;
    this.base = base;
    this.rules = rules;
    this.parents = new ParentFolders(root, base, rules.owner());
    this.content = new FileContent(root.kernel());
    this.attributes = new AttributeWriter(root.files(), warnings);
  }

  /** Writes all of an archive. */
  public void unpack(TarReader tar) throws IOException {
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      put(next.get(), tar.content());
    }
    finish();
  }

  @Override
  public void put(TarEntry entry, InputStream data) throws IOException {
    EntryPath path = EntryPath.parse(entry.name());
    if (path.isRoot()) {
      return; // the folder is there, and stays as it is
    }
    checkKind(entry);
    Fd parent = parents.of(path);
    Optional<FileStatus> there =
        root.files().find(parent.number(), path.name(), AT_SYMLINK_NOFOLLOW);
    if (entry.type() == TarType.DIRECTORY) {
      putFolder(parent, path, entry, there);
      return;
    }
    if (there.isPresent()) {
      if (rules.keepKinds() && there.get().isDirectory()) {
        throw new TarFormatException(
            "cannot overwrite directory \""
                + shown(path)
                + "\" with non-directory \""
                + base
                + "\"");
      }
      remove(parent, path.name(), there.get());
    }
    if (entry.type() == TarType.HARD_LINK) {
      link(parent, path, entry);
      return;
    }
    make(parent, path.name(), entry, data);
    attributes.apply(parent, path.name(), entry.type(), wanted(entry));
  }

  private void checkKind(TarEntry entry) throws TarFormatException {
    boolean device =
        entry.type() == TarType.CHARACTER_DEVICE || entry.type() == TarType.BLOCK_DEVICE;
    if (device && !rules.devices()) {
      throw new TarFormatException("device nodes are not allowed here: " + entry.name());
    }
    if (entry.type() == TarType.CHARACTER_DEVICE
        && entry.deviceMajor() == 0
        && entry.deviceMinor() == 0) {
      // To overlayfs it would be a whiteout.
      throw new TarFormatException("character device 0:0 is not allowed: " + entry.name());
    }
  }

  private void putFolder(Fd parent, EntryPath path, TarEntry entry, Optional<FileStatus> there)
      throws IOException {
    if (there.isEmpty()) {
      root.files().makeDirectory(parent.number(), path.name(), PRIVATE_MODE);
    } else if (!there.get().isDirectory()) {
      if (rules.followFolders() && leadsToFolder(path, there.get())) {
        return;
      }
      if (rules.keepKinds()) {
        throw new TarFormatException(
            "cannot overwrite non-directory \""
                + shown(path)
                + "\" with directory \""
                + base
                + "\"");
      }
      remove(parent, path.name(), there.get());
      root.files().makeDirectory(parent.number(), path.name(), PRIVATE_MODE);
    }
    folders.put(path, wanted(entry));
  }

  private boolean leadsToFolder(EntryPath path, FileStatus there) {
    return there.isSymbolicLink()
        && root.find(base + "/" + path).filter(FileStatus::isDirectory).isPresent();
  }

  private String shown(EntryPath path) {
    return base.endsWith("/") ? base + path : base + "/" + path;
  }

  private Attributes wanted(TarEntry entry) {
    Attributes own = Attributes.of(entry);
    return rules
        .owner()
        .map(
            owner ->
                new Attributes(
                    own.mode(),
                    owner.uid(),
                    owner.gid(),
                    own.mtimeSeconds(),
                    own.mtimeNanos(),
                    own.extended()))
        .orElse(own);
  }

  private void remove(Fd parent, String name, FileStatus there) throws IOException {
    if (root.isMountPoint(parent, name)) {
      // Removed from outside its namespace, a mount would go with the file below it (rename(2)).
      throw new TarFormatException("cannot replace " + name + ": device or resource busy");
    }
    if (!there.isDirectory()) {
      root.files().unlink(parent.number(), name, 0);
      return;
    }
    // Renamed first, to a name that the JVM can spell in any locale.
    root.files().rename(parent.number(), name, parent.number(), ASIDE);
    TreeRemover.remove(Path.of(parent.procPath()).resolve(ASIDE));
  }

  private void link(Fd parent, EntryPath path, TarEntry entry) throws IOException {
    EntryPath target = EntryPath.parse(entry.linkName());
    try (Fd folder = parents.open(target.parent())) {
      Optional<FileStatus> there =
          root.files().find(folder.number(), target.name(), AT_SYMLINK_NOFOLLOW);
      if (there.isEmpty() || there.get().isDirectory()) {
        throw new TarFormatException(
            "cannot link " + path + " to " + target + ": there is no such file");
      }
      root.files().link(folder.number(), target.name(), parent.number(), path.name(), 0);
    }
  }

  private void make(Fd parent, String name, TarEntry entry, InputStream data) throws IOException {
    switch (entry.type()) {
      case FILE -> {
        int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
        try (Fd file =
            root.files()
                .open(parent.number(), name, flags, PRIVATE_MODE, OpenFlags.RESOLVE_BENEATH)) {
          content.write(data, entry, file);
        }
      }
      case SYMBOLIC_LINK -> root.files().symbolicLink(entry.linkName(), parent.number(), name);
      case FIFO -> makeNode(parent, name, FileStatus.S_IFIFO, 0);
      case CHARACTER_DEVICE -> makeNode(parent, name, FileStatus.S_IFCHR, device(entry));
      case BLOCK_DEVICE -> makeNode(parent, name, FileStatus.S_IFBLK, device(entry));
      case DIRECTORY, HARD_LINK -> throw new IllegalStateException("handled before: " + entry);
    }
  }

  private void makeNode(Fd parent, String name, int type, long device) {
    root.files().makeNode(parent.number(), name, type | PRIVATE_MODE, device);
  }

  private static long device(TarEntry entry) {
    return FileStatus.makeDevice(entry.deviceMajor(), entry.deviceMinor());
  }

  /** Gives folders what only now stays: a file made in one changes its time. */
  public void finish() throws IOException {
    List<EntryPath> made = new ArrayList<>(folders.keySet());
    for (int i = made.size() - 1; i >= 0; i--) {
      EntryPath path = made.get(i);
      Fd parent = parents.of(path);
      attributes.apply(parent, path.name(), TarType.DIRECTORY, folders.get(path));
    }
    folders.clear();
  }

  @Override
  public void close() {
    parents.close();
    content.close();
  }
}
