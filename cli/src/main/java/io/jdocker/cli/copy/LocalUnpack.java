package io.jdocker.cli.copy;

import io.jdocker.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks what came from a container into a folder of this machine. The files belong to who runs
 * the command. The container chose the names: none leads out of the folder, not even through a link
 * that the archive itself brings.
 */
public final class LocalUnpack {
  private record Dated(Path folder, FileTime time, int mode) {}

  private final Path folder;
  private final String from;
  private final String to;
  private final Set<Path> links = new HashSet<>();
  private final Deque<Dated> folders = new ArrayDeque<>();

  /**
   * @param from first part of the members' names
   * @param to what stands in its place
   */
  public LocalUnpack(Path folder, String from, String to) {
    this.folder = folder;
    this.from = from;
    this.to = to;
  }

  /** Unpacks all of it; what follows the archive in the stream is not read. */
  public void run(InputStream archive) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(archive, "UTF-8");
    for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
      unpack(next, tar);
    }
    while (!folders.isEmpty()) {
      Dated made = folders.pop();
      Files.setAttribute(made.folder(), "unix:mode", made.mode());
      Files.setLastModifiedTime(made.folder(), made.time());
    }
  }

  private void unpack(TarArchiveEntry entry, InputStream data) throws IOException {
    Path file = place(entry.getName());
    if (file.equals(folder)) {
      return;
    }
    boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    if (isFolder && !entry.isDirectory()) {
      throw new CommandFailure(
          "cannot overwrite directory \"" + file + "\" with non-directory \"" + folder + "\"");
    }
    FileTime time = entry.getLastModifiedTime();
    int mode = entry.getMode() & 07777;
    if (entry.isDirectory()) {
      makeFolder(file, isFolder);
      folders.push(new Dated(file, time, mode));
      return;
    }
    Files.deleteIfExists(file);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      links.add(file);
    } else if (entry.isLink()) {
      Files.createLink(file, place(entry.getLinkName()));
    } else if (entry.isFile()) {
      try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        data.transferTo(out);
      }
      Files.setAttribute(file, "unix:mode", mode);
      Files.setLastModifiedTime(file, time);
    }
  }

  private void makeFolder(Path file, boolean isThere) throws IOException {
    if (!isThere) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new CommandFailure(
            "cannot overwrite non-directory \"" + file + "\" with directory \"" + folder + "\"");
      }
      Files.createDirectory(file);
    }
  }

  private Path place(String name) throws IOException {
    Path file = folder.resolve(renamed(name)).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("the archive holds a name that leads out: " + name);
    }
    for (Path parent = file.getParent();
        parent != null && !parent.equals(folder) && parent.startsWith(folder);
        parent = parent.getParent()) {
      if (links.contains(parent)) {
        throw new IOException("the archive holds a name behind a link of its own: " + name);
      }
    }
    return file;
  }

  private String renamed(String name) {
    if (name.equals(from) || name.equals(from + "/")) {
      return to;
    }
    return name.startsWith(from + "/") ? to + name.substring(from.length()) : name;
  }
}
