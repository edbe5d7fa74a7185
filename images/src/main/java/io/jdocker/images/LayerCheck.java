package io.jdocker.images;

import io.jdocker.images.inventory.FileRecord;
import io.jdocker.images.inventory.Inventory;
import io.jdocker.images.tree.TreeRoot;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** Compares an unpacked layer with what was noted of it, file by file. */
final class LayerCheck {
  private static final int BUFFER = 1 << 17;
  private static final int PERMISSIONS = 07777;

  private final FileCalls files;
  private final TreeRoot root;
  private final Inventory inventory;
  private final byte[] buffer = new byte[BUFFER];
  private long bytes;

  /**
   * @param root the layer's folder
   */
  LayerCheck(Kernel kernel, Fd root, Inventory inventory) {
    this.files = kernel.files();
    this.root = new TreeRoot(kernel, root);
    this.inventory = inventory;
  }

  /** Bytes that were read so far. */
  long bytes() {
    return bytes;
  }

  /** What is wrong, by paths in their order. */
  Map<String, String> run() {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (FileRecord file : inventory.files()) {
      fault(file).ifPresent(what -> wrong.put(file.path(), what));
    }
    return wrong;
  }

  private Optional<String> fault(FileRecord file) {
    String path = file.path();
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    try (Fd parent = root.openFolder(path.substring(0, Math.max(0, slash)))) {
      Optional<FileStatus> there = files.find(parent.number(), name, FileCalls.AT_SYMLINK_NOFOLLOW);
      return there.isEmpty() ? Optional.of("missing") : fault(file, parent, name, there.get());
    } catch (SyscallException e) {
      if (TreeRoot.isMissing(e)) {
        return Optional.of("missing");
      }
      return Optional.of("unreadable: " + e.getMessage());
    } catch (IOException e) {
      return Optional.of("unreadable: " + e.getMessage());
    }
  }

  private Optional<String> fault(FileRecord file, Fd parent, String name, FileStatus there)
      throws IOException {
    Optional<FileRecord> content = inventory.content(file);
    if (content.isEmpty()) {
      return Optional.empty(); // a link to a file of a lower layer, which was copied up
    }
    FileRecord wanted = content.get();
    if (!isKind(wanted.kind(), there)) {
      return Optional.of("another kind of file");
    }
    if (wanted.kind() == FileRecord.Kind.SYMBOLIC_LINK) {
      String target = files.readLink(parent.number(), name);
      return target.equals(wanted.link())
          ? Optional.empty()
          : Optional.of("leads to " + target + " instead of " + wanted.link());
    }
    if (wanted.kind() == FileRecord.Kind.FILE) {
      if (there.size() != wanted.size()) {
        return Optional.of(there.size() + " bytes instead of " + wanted.size());
      }
      if (wanted.checksum() >= 0 && checksum(parent, name) != wanted.checksum()) {
        return Optional.of("other content");
      }
    }
    return attributes(wanted, there);
  }

  private static Optional<String> attributes(FileRecord wanted, FileStatus there) {
    int mode = there.mode() & PERMISSIONS;
    if (mode != (wanted.mode() & PERMISSIONS)) {
      return Optional.of("mode %o instead of %o".formatted(mode, wanted.mode() & PERMISSIONS));
    }
    if (there.uid() != (int) wanted.uid() || there.gid() != (int) wanted.gid()) {
      return Optional.of(
          "owner %d:%d instead of %d:%d"
              .formatted(there.uid(), there.gid(), wanted.uid(), wanted.gid()));
    }
    return Optional.empty();
  }

  private static boolean isKind(FileRecord.Kind kind, FileStatus there) {
    int format = there.mode() & FileStatus.S_IFMT;
    return switch (kind) {
      case FILE -> format == FileStatus.S_IFREG;
      case FOLDER -> format == FileStatus.S_IFDIR;
      case SYMBOLIC_LINK -> format == FileStatus.S_IFLNK;
      case FIFO -> format == FileStatus.S_IFIFO;
      case DEVICE -> format == FileStatus.S_IFCHR || format == FileStatus.S_IFBLK;
      case HARD_LINK, HIDDEN, OPAQUE -> true;
    };
  }

  private long checksum(Fd parent, String name) throws IOException {
    CRC32 checksum = new CRC32();
    int flags = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW;
    try (Fd file = files.open(parent.number(), name, flags, 0, OpenFlags.RESOLVE_BENEATH);
        InputStream in = Files.newInputStream(Path.of(file.procPath()))) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        checksum.update(buffer, 0, count);
        bytes += count;
      }
    }
    return checksum.getValue();
  }
}
