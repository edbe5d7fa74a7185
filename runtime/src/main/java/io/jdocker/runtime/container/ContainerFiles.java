package io.jdocker.runtime.container;

import io.jdocker.images.change.Change;
import io.jdocker.images.change.Changes;
import io.jdocker.images.compression.Compression;
import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarWriter;
import io.jdocker.images.tree.TreeReader;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.images.tree.TreeWriter;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jnr.constants.platform.Errno;

/**
 * The files of containers, running or not, volumes included, for {@code cp}, {@code diff} and
 * {@code export}. Paths are resolved in the container's root: no link leads out of it, whoever
 * changes it meanwhile (CVE-2018-15664). No file of the container is ever executed or looked into
 * for users and groups of the host (CVE-2019-14271). Thread-safe.
 */
public final class ContainerFiles {
  private static final int BUFFER = 1 << 16;

  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerRoots roots;
  private final ContainerEvents events;

  ContainerFiles(
      EngineParts parts, ContainerRegistry registry, ContainerRoots roots, ContainerEvents events) {
    this.parts = parts;
    this.registry = registry;
    this.roots = roots;
    this.events = events;
  }

  /** Told what is copied before the first byte of it comes. */
  @FunctionalInterface
  public interface Receiver {
    /** Where the archive is to be written to. */
    OutputStream begin(PathStat stat) throws IOException;
  }

  /**
   * What stands at a path; a link at its end is told of itself.
   *
   * @throws NotFound with Docker's wording
   */
  public PathStat stat(String reference, String path) throws IOException {
    ArchivePath wanted = ArchivePath.parse(path);
    Container container = registry.get(reference);
    return roots.with(
        container,
        ContainerRoots.Scope.WITH_VOLUMES,
        root -> stat(root.tree(), wanted, path, reference));
  }

  private PathStat stat(TreeRoot root, ArchivePath wanted, String path, String reference) {
    try (Fd folder = open(root, wanted)) {
      return stat(root, folder, wanted);
    } catch (SyscallException e) {
      throw failure(e, path, reference);
    }
  }

  /** The folder that is meant, or the one that holds what is meant. */
  private static Fd open(TreeRoot root, ArchivePath wanted) {
    return root.openFolder(wanted.throughLink() ? wanted.whole() : wanted.folder());
  }

  private PathStat stat(TreeRoot root, Fd folder, ArchivePath wanted) {
    FileCalls files = parts.kernel().files();
    String shown = wanted.name().isEmpty() ? "/" : wanted.memberName();
    if (wanted.throughLink()) {
      return PathStat.of(shown, files.status(folder), "");
    }
    FileStatus status = files.status(folder.number(), wanted.name(), FileCalls.AT_SYMLINK_NOFOLLOW);
    String target = status.isSymbolicLink() ? root.resolve(wanted.whole()) : "";
    return PathStat.of(shown, status, target);
  }

  private static RuntimeException failure(SyscallException e, String path, String reference) {
    if (e.is(Errno.ENOENT)) {
      return new NotFound("Could not find the file " + path + " in container " + reference, e);
    }
    if (e.is(Errno.ENOTDIR)) {
      return new InvalidArgument(path + " of container " + reference + ": not a directory", e);
    }
    if (e.is(Errno.ELOOP)) {
      return new InvalidArgument(
          path + " of container " + reference + ": too many levels of symbolic links", e);
    }
    return e;
  }

  /** Copies a file, or a folder with all below it, out of a container, as a tar. */
  public void copyOut(String reference, String path, Receiver receiver) throws IOException {
    ArchivePath wanted = ArchivePath.parse(path);
    Container container = registry.get(reference);
    roots.with(
        container,
        ContainerRoots.Scope.WITH_VOLUMES,
        root -> {
          // Opened once: what the client is told of is what it gets.
          try (Fd folder = open(root.tree(), wanted)) {
            PathStat stat = stat(root.tree(), folder, wanted);
            events.publish(container, "archive-path", Map.of());
            copy(folder, wanted, owners(container, root), receiver.begin(stat));
            return null;
          } catch (SyscallException e) {
            throw failure(e, path, reference);
          }
        });
  }

  private void copy(Fd folder, ArchivePath wanted, ArchiveOwners owners, OutputStream out)
      throws IOException {
    TarWriter tar = new TarWriter(new BufferedOutputStream(out, BUFFER));
    TreeReader reader = new TreeReader(parts.kernel(), owners.out(tar));
    if (wanted.throughLink()) {
      reader.readFolder(folder, wanted.memberName());
    } else {
      reader.read(folder, wanted.name(), wanted.memberName());
    }
    tar.finish();
  }

  /**
   * Unpacks a tar into a folder of a container.
   *
   * @param keepKinds a folder is not put in the place of a file, nor a file in a folder's
   * @param ownedByUser what is written belongs to the container's user, not to whom the tar names
   * @throws InvalidArgument when the path is no folder, or the archive is damaged
   */
  public void copyIn(
      String reference, String path, InputStream tar, boolean keepKinds, boolean ownedByUser)
      throws IOException {
    ArchivePath wanted = ArchivePath.parse(path);
    Container container = registry.get(reference);
    roots.with(
        container,
        ContainerRoots.Scope.WITH_VOLUMES,
        root -> {
          String folder = targetFolder(root.tree(), wanted, path, reference);
          WritablePlace.check(container, folder);
          Optional<WriteRules.Owner> owner =
              ownedByUser ? ContainerOwner.find(parts.kernel(), container, root) : Optional.empty();
          ArchiveOwners owners = owners(container, root);
          WriteRules rules = WriteRules.copy(keepKinds, owners.in(owner));
          owners.asRoot(() -> unpack(root.tree(), folder, rules, owners, tar));
          events.publish(container, "extract-to-dir", Map.of());
          return null;
        });
  }

  private String targetFolder(TreeRoot root, ArchivePath wanted, String path, String reference) {
    try (Fd target = root.open(wanted.whole())) {
      if (!parts.kernel().files().status(target).isDirectory()) {
        throw new InvalidArgument("extraction point is not a directory");
      }
      return root.resolve(wanted.whole());
    } catch (SyscallException e) {
      throw failure(e, path, reference);
    }
  }

  private ArchiveOwners owners(Container container, MountedRoot root) {
    return ArchiveOwners.of(parts.kernel(), container, root);
  }

  private static void unpack(
      TreeRoot root, String folder, WriteRules rules, ArchiveOwners owners, InputStream tar)
      throws IOException {
    BufferedInputStream head = Compression.buffered(tar);
    try (TreeWriter writer = new TreeWriter(root, folder, rules, warning -> {});
        InputStream plain = Compression.detect(head).open(head)) {
      TarReader members = new TarReader(plain);
      TarSink files = owners.in(writer);
      for (Optional<TarEntry> next = members.next(); next.isPresent(); next = members.next()) {
        files.put(next.get(), members.content());
      }
      writer.finish();
    } catch (TarFormatException | EOFException e) {
      throw new InvalidArgument(String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes the whole file system, without volumes, as a tar; names as Docker's: etc/passwd. */
  public void export(String reference, OutputStream out) throws IOException {
    Container container = registry.get(reference);
    roots.with(
        container,
        ContainerRoots.Scope.LAYERS,
        root -> {
          events.publish(container, "export", Map.of());
          TarWriter tar = new TarWriter(new BufferedOutputStream(out, BUFFER));
          new TreeReader(parts.kernel(), owners(container, root).out(tar))
              .readContents(root.folder());
          tar.finish();
          return null;
        });
  }

  /** What differs from the image, sorted by path. */
  public List<Change> changes(String reference) {
    return difference(reference).list();
  }

  /** What differs from the image, to be listed or written as a layer. */
  public Changes difference(String reference) {
    Container container = registry.get(reference);
    Set<String> mountPoints = ContainerRoots.mountPoints(container);
    return new Changes(parts.kernel(), roots.overlay(container), mountPoints);
  }
}
