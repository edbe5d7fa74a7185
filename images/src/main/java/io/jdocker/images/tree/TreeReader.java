package io.jdocker.images.tree;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.unpack.Attributes;
import io.jdocker.images.unpack.Overlay;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Turns files into members of an archive, sorted by name, hard links kept, sockets left out. Links
 * are members themselves and never followed. One reader an archive, one thread.
 */
public final class TreeReader {
  private record Inode(long device, long number) {}

  private final FileCalls files;
  private final Kernel kernel;
  private final TarSink sink;
  private final Predicate<String> wanted;
  private final Map<Inode, String> linked = new HashMap<>();

  public TreeReader(Kernel kernel, TarSink sink) {
    this(kernel, sink, member -> true);
  }

  /**
   * Leaves members out by their names. The reader must know: the first name of a file that is not
   * left out is the one that hard links lead to.
   */
  public TreeReader(Kernel kernel, TarSink sink, Predicate<String> wanted) {
    this.kernel = kernel;
    this.files = kernel.files();
    this.sink = sink;
    this.wanted = wanted;
  }

  /** Reads a folder and all below it; {@code member} is the folder's name in the archive. */
  public void readFolder(Fd folder, String member) throws IOException {
    FileStatus status = files.status(folder);
    put(folder, ".", member, status);
    readBelow(folder, member);
  }

  /** Reads all below a folder, not itself: {@code etc/passwd} is a member, not ./etc/passwd. */
  public void readContents(Fd folder) throws IOException {
    readBelow(folder, "");
  }

  private void readBelow(Fd folder, String member) throws IOException {
    for (String name : names(folder)) {
      read(folder, name, member.isEmpty() ? name : member + "/" + name);
    }
  }

  private List<String> names(Fd folder) {
    try (Fd list =
        files.open(folder.number(), ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0, 0)) {
      return kernel.directories().names(list);
    }
  }

  /** Reads an open file that is no folder and no link. */
  public void readFile(Fd file, String member) throws IOException {
    FileStatus status = files.status(file);
    Attributes attributes = new Attributes(0, 0, 0, 0, 0, Map.of());
    TarType type = type(status).orElseThrow(() -> new IOException(member + " is a socket"));
    TarEntry entry = entry(member, type, status, attributes).withOwner(status.uid(), status.gid());
    if (type != TarType.FILE) {
      sink.put(entry);
      return;
    }
    try (InputStream content = Files.newInputStream(Path.of(file.procPath()))) {
      sink.put(entry, content);
    }
  }

  /** Reads one file, or a folder and all below it. */
  public void read(Fd parent, String name, String member) throws IOException {
    Optional<FileStatus> found = files.find(parent.number(), name, FileCalls.AT_SYMLINK_NOFOLLOW);
    if (found.isEmpty()) {
      return; // removed since it was listed
    }
    FileStatus status = found.get();
    if (!status.isDirectory()) {
      put(parent, name, member, status);
      return;
    }
    try (Fd folder = openFolder(parent, name)) {
      put(parent, name, member, status);
      readBelow(folder, member);
    }
  }

  private Fd openFolder(Fd parent, String name) {
    return files.open(
        parent.number(),
        name,
        OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW,
        0,
        0);
  }

  /** Puts the one file, without what is below it. */
  public void put(Fd parent, String name, String member, FileStatus status) throws IOException {
    Optional<TarType> type = type(status);
    if (!wanted.test(member)) {
      return;
    }
    if (type.isEmpty()) {
      return; // a socket: only who bound it can use it
    }
    Attributes attributes = Attributes.of(files, parent, name, status);
    TarEntry entry = entry(member, type.get(), status, attributes);
    if (type.get() == TarType.SYMBOLIC_LINK) {
      sink.put(entry.withLink(TarType.SYMBOLIC_LINK, files.readLink(parent.number(), name)));
      return;
    }
    if (status.links() > 1 && type.get() != TarType.DIRECTORY) {
      String first = linked.putIfAbsent(new Inode(status.device(), status.inode()), member);
      if (first != null) {
        sink.put(entry.withLink(TarType.HARD_LINK, first));
        return;
      }
    }
    if (type.get() == TarType.FILE) {
      putFile(parent, name, entry);
    } else {
      sink.put(entry);
    }
  }

  /** Opened for reading only once it is known to be regular: a FIFO would never answer. */
  private void putFile(Fd parent, String name, TarEntry entry) throws IOException {
    try (Fd file =
        files.open(parent.number(), name, OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW, 0, 0)) {
      FileStatus now = files.status(file);
      if (!now.isRegular()) {
        throw new IOException(entry.name() + " was replaced while it was read");
      }
      try (InputStream content = Files.newInputStream(Path.of(file.procPath()))) {
        sink.put(entry, content);
      }
    } catch (SyscallException e) {
      throw new IOException("cannot read " + entry.name() + ": " + e.getMessage(), e);
    }
  }

  private static TarEntry entry(
      String member, TarType type, FileStatus status, Attributes attributes) {
    long size = type == TarType.FILE ? status.size() : 0;
    Map<String, byte[]> kept = new TreeMap<>();
    attributes
        .extended()
        .forEach(
            (name, value) -> {
              if (isContent(name)) {
                kept.put(name, value);
              }
            });
    return new TarEntry(
        member,
        type,
        status.permissions(),
        attributes.uid(),
        attributes.gid(),
        size,
        status.mtimeSeconds(),
        status.mtimeNanos(),
        "",
        FileStatus.major(status.rdev()),
        FileStatus.minor(status.rdev()),
        kept,
        List.of(),
        size);
  }

  /** What goes with a file wherever it is: not this machine's labels, not overlayfs' own marks. */
  private static boolean isContent(String attribute) {
    boolean users = attribute.startsWith("user.") && !attribute.startsWith(Overlay.USER_ATTRIBUTES);
    return users || attribute.equals("security.capability");
  }

  private static Optional<TarType> type(FileStatus status) {
    return switch (status.type()) {
      case FileStatus.S_IFREG -> Optional.of(TarType.FILE);
      case FileStatus.S_IFDIR -> Optional.of(TarType.DIRECTORY);
      case FileStatus.S_IFLNK -> Optional.of(TarType.SYMBOLIC_LINK);
      case FileStatus.S_IFCHR -> Optional.of(TarType.CHARACTER_DEVICE);
      case FileStatus.S_IFBLK -> Optional.of(TarType.BLOCK_DEVICE);
      case FileStatus.S_IFIFO -> Optional.of(TarType.FIFO);
      default -> Optional.empty();
    };
  }
}
