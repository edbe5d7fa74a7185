package io.jdocker.images.tree;

import static io.jdocker.linux.OpenFlags.O_DIRECTORY;
import static io.jdocker.linux.OpenFlags.O_NOFOLLOW;
import static io.jdocker.linux.OpenFlags.O_PATH;
import static io.jdocker.linux.OpenFlags.O_RDONLY;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.unpack.EntryPath;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * A folder taken for the root of a file system: every path, and every link met on it, is resolved
 * as after chroot(2) into it, by openat2(2) with RESOLVE_IN_ROOT. Whoever changes links meanwhile
 * can only lead to other places below it. Paths may or may not start with a slash.
 */
public final class TreeRoot {
  private static final int RESOLVE = OpenFlags.RESOLVE_IN_ROOT | OpenFlags.RESOLVE_NO_MAGICLINKS;

  // The kernel follows at most 40 links in one path (path_resolution(7)).
  private static final int MAX_LINKS = 40;
  private static final int ATTEMPTS = 1000;

  private final Kernel kernel;
  private final Fd root;

  /**
   * @param root the caller's, who closes it
   */
  public TreeRoot(Kernel kernel, Fd root) {
    this.kernel = kernel;
    this.root = root;
  }

  Kernel kernel() {
    return kernel;
  }

  FileCalls files() {
    return kernel.files();
  }

  /** Opens with O_PATH, links followed, the last part of the path included. */
  public Fd open(String path) {
    return open(path, O_PATH);
  }

  /** Opens with O_PATH what must be a folder. */
  public Fd openFolder(String path) {
    return open(path, O_PATH | O_DIRECTORY);
  }

  /** Opens a folder to list it. */
  Fd openList(String path) {
    return open(path, O_RDONLY | O_DIRECTORY);
  }

  private Fd open(String path, int flags) {
    for (int attempt = 1; ; attempt++) {
      try {
        return files().open(root.number(), path.isEmpty() ? "." : path, flags, 0, RESOLVE);
      } catch (SyscallException e) {
        // openat2(2): a rename elsewhere made ".." unsafe to follow just now.
        if (!e.is(Errno.EAGAIN) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** As {@link #openFolder}; empty where there is none. */
  public Optional<Fd> findFolder(String path) {
    try {
      return Optional.of(openFolder(path));
    } catch (SyscallException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The folder, made where missing with those above it; the caller closes it. */
  public Fd makeFolders(String path) {
    return makeFolders(path, Optional.empty());
  }

  /** As {@link #makeFolders(String)}; the new ones belong to that owner. */
  public Fd makeFolders(String path, Optional<WriteRules.Owner> owner) {
    try (ParentFolders folders = new ParentFolders(this, "", owner)) {
      return folders.make(EntryPath.parse(path));
    } catch (TarFormatException e) {
      throw new InvalidArgument("cannot make " + path + ": " + e.getMessage(), e);
    }
  }

  /** The file with O_PATH, made empty where missing with folders above it. */
  public Fd makeFile(String path) {
    Optional<Fd> there = find(path).map(status -> open(path));
    if (there.isPresent()) {
      return there.get();
    }
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    try (Fd folder = makeFolders(path.substring(0, Math.max(0, slash)))) {
      int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | O_NOFOLLOW;
      files().open(folder.number(), name, flags, 0755, OpenFlags.RESOLVE_BENEATH).close();
    }
    return open(path);
  }

  /** Whether something is mounted on the file of that name. */
  boolean isMountPoint(Fd folder, String name) {
    int resolve = OpenFlags.RESOLVE_BENEATH | OpenFlags.RESOLVE_NO_XDEV;
    try {
      files().open(folder.number(), name, O_PATH | O_NOFOLLOW, 0, resolve).close();
      return false;
    } catch (SyscallException e) {
      if (e.is(Errno.EXDEV)) {
        return true;
      }
      throw e;
    }
  }

  /** What stands at the path, links followed; empty where nothing does. */
  public Optional<FileStatus> find(String path) {
    try (Fd file = open(path)) {
      return Optional.of(files().status(file));
    } catch (SyscallException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** True for the errors that mean: there is no such file. */
  public static boolean isMissing(SyscallException e) {
    return e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP);
  }

  /**
   * The path without links, as seen from the root: {@code /usr/bin/x}. Parts that do not exist stay
   * as they are. Only to be shown and compared: by the time it is used a link may be there again.
   */
  public String resolve(String path) {
    Deque<String> todo = new ArrayDeque<>(parts(path));
    List<String> done = new ArrayList<>();
    int links = 0;
    while (!todo.isEmpty()) {
      String part = todo.pop();
      if (part.equals("..")) {
        if (!done.isEmpty()) {
          done.remove(done.size() - 1);
        }
        continue;
      }
      Optional<String> link = readLink(String.join("/", done), part);
      if (link.isEmpty() || ++links > MAX_LINKS) {
        done.add(part);
        continue;
      }
      if (link.get().startsWith("/")) {
        done.clear();
      }
      List<String> target = parts(link.get());
      for (int i = target.size() - 1; i >= 0; i--) {
        todo.push(target.get(i));
      }
    }
    return "/" + String.join("/", done);
  }

  private Optional<String> readLink(String folder, String name) {
    try (Fd parent = openFolder(folder)) {
      return files()
          .find(parent.number(), name, FileCalls.AT_SYMLINK_NOFOLLOW)
          .filter(FileStatus::isSymbolicLink)
          .map(link -> files().readLink(parent.number(), name));
    } catch (SyscallException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }
}
