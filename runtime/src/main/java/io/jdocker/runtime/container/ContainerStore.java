package io.jdocker.runtime.container;

import com.google.gson.JsonParseException;
import io.jdocker.linux.durable.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Container records on disk. Thread-safe for different containers. */
final class ContainerStore {
  private static final System.Logger LOG = System.getLogger(ContainerStore.class.getName());
  private static final String REMOVING_SUFFIX = ".removing";

  private final ContainerLayout layout;
  private final RecordJson json = new RecordJson();

  ContainerStore(ContainerLayout layout) {
    this.layout = layout;
    createFolder(layout.containers());
  }

  ContainerLayout layout() {
    return layout;
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }

  /** Makes the container's folder and writes its record. */
  void add(ContainerRecord record) {
    createFolder(layout.folder(record.id()));
    save(record);
  }

  void save(ContainerRecord record) {
    AtomicFile.write(layout.record(record.id()), json.write(record));
  }

  /** Deletes the keeper's record, where there is one: all that it tells is in the container's. */
  void deleteStatus(ContainerId id) {
    try {
      Files.deleteIfExists(layout.status(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the status of container " + id, e);
    }
  }

  /** Deletes all that is kept of a container. The folder is renamed first, so it goes as one. */
  void delete(ContainerId id) {
    Path folder = layout.folder(id);
    Path doomed = folder.resolveSibling(id.hex() + REMOVING_SUFFIX);
    try {
      Files.move(folder, doomed);
      deleteTree(doomed);
    } catch (NoSuchFileException e) {
      // Deleted already: what was to be reached is so.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  /**
   * What the folder holds.
   *
   * @param unreadable ids, as folders are named by them, of containers whose record is damaged
   */
  record Loaded(List<ContainerRecord> records, Set<String> unreadable) {}

  /**
   * Every record. A folder without one, which a crash in the middle of a creation or removal
   * leaves, is deleted; one whose record cannot be read is left for a person to look at, and
   * reported.
   */
  Loaded load() {
    Loaded loaded = new Loaded(new ArrayList<>(), new HashSet<>());
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(layout.containers())) {
      for (Path folder : folders) {
        load(folder, loaded);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + layout.containers(), e);
    }
    return loaded;
  }

  private void load(Path folder, Loaded loaded) throws IOException {
    Path file = folder.resolve(ContainerLayout.RECORD);
    if (folder.toString().endsWith(REMOVING_SUFFIX) || !Files.exists(file)) {
      deleteTree(folder);
      return;
    }
    String id = folder.getFileName().toString();
    try {
      ContainerRecord record = json.read(Files.readAllBytes(file));
      if (!record.id().hex().equals(id)) {
        throw new JsonParseException("it is of container " + record.id());
      }
      loaded.records().add(record);
    } catch (JsonParseException | IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is no container record ({1}): the container is left out; repair or delete its"
              + " folder",
          file,
          e.getMessage());
      loaded.unreadable().add(id);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
