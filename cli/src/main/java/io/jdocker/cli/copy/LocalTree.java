package io.jdocker.cli.copy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes files of this machine as a tar, sorted by name; links stay links. */
public final class LocalTree {
  private static final int TYPE_MASK = 0170000;
  private static final int FIFO = 0010000;

  private final TarArchiveOutputStream tar;

  /**
   * @param out not closed by {@link #finish}
   */
  public LocalTree(OutputStream out) {
    tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /**
   * Adds a file, or a folder with all below it.
   *
   * @param name of it in the archive
   * @param wanted asked with the name of each member; a folder that is not wanted is still looked
   *     into
   */
  public void add(Path file, String name, Predicate<String> wanted) throws IOException {
    if (wanted.test(name)) {
      put(file, name);
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      for (Path child : children(file)) {
        add(child, name + "/" + child.getFileName(), wanted);
      }
    }
  }

  /**
   * Adds all that a folder holds.
   *
   * @param prefix of their names in the archive
   * @param wanted asked with names from the folder on, as {@link #add} has it
   */
  public void addBelow(Path folder, String prefix, Predicate<String> wanted) throws IOException {
    for (Path child : children(folder)) {
      add(
          child,
          prefix + child.getFileName(),
          name -> wanted.test(name.substring(prefix.length())));
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Adds one file, without what is below it. */
  public void put(Path file, String name) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) attributes.get("mode");
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      begin(new TarArchiveEntry(name + "/", TarConstants.LF_DIR, true), attributes, 0);
    } else if (Files.isSymbolicLink(file)) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
      link.setLinkName(Files.readSymbolicLink(file).toString());
      begin(link, attributes, 0);
    } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      long size = (Long) attributes.get("size");
      begin(new TarArchiveEntry(name, TarConstants.LF_NORMAL, true), attributes, size);
      Files.copy(file, tar);
    } else if ((mode & TYPE_MASK) == FIFO) {
      begin(new TarArchiveEntry(name, TarConstants.LF_FIFO, true), attributes, 0);
    } else {
      return; // a socket or device means nothing elsewhere
    }
    tar.closeArchiveEntry();
  }

  private void begin(TarArchiveEntry entry, Map<String, Object> attributes, long size)
      throws IOException {
    entry.setMode((Integer) attributes.get("mode") & 07777);
    entry.setUserId((Integer) attributes.get("uid"));
    entry.setGroupId((Integer) attributes.get("gid"));
    var time = (java.nio.file.attribute.FileTime) attributes.get("lastModifiedTime");
    entry.setModTime(TimeUnit.SECONDS.toMillis(time.to(TimeUnit.SECONDS)));
    entry.setSize(size);
    tar.putArchiveEntry(entry);
  }

  /** Adds a member that is at hand. */
  public void put(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
    entry.setMode(0600);
    entry.setModTime(0L);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** Ends the archive. */
  public void finish() throws IOException {
    tar.finish();
    tar.flush();
  }
}
