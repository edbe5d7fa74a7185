package io.jdocker.runtime.container;

import com.google.gson.JsonParseException;
import io.jdocker.linux.durable.AtomicFile;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
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

  /** Its anonymous volumes are to go, too: an engine that is killed leaves that to the next. */
  private static final String WITH_VOLUMES_SUFFIX = ".removing-with-volumes";

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
          // What is in there is nobody else's (CVE-2021-41091).
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new SystemFailure("cannot make " + folder + ": " + e, e);
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
      throw new SystemFailure("cannot delete the status of container " + id + ": " + e, e);
    }
  }

  /** Deletes all that is kept of a container. The folder is renamed first, so it goes as one. */
  void delete(ContainerId id) {
    doom(id, false);
    bury(id, false);
  }

  /**
   * The container is no more, whatever happens now; its record is there until {@link #bury}.
   *
   * @param withVolumes an engine that starts in between removes its anonymous volumes
   */
  void doom(ContainerId id, boolean withVolumes) {
    try {
      Files.move(layout.folder(id), doomed(id, withVolumes));
    } catch (NoSuchFileException e) {
      // It is so already.
      return;
    } catch (IOException e) {
      throw new SystemFailure("cannot delete " + layout.folder(id) + ": " + e, e);
    }
  }

  /** Deletes what {@link #doom} has left. */
  void bury(ContainerId id, boolean withVolumes) {
    try {
      if (Files.exists(doomed(id, withVolumes))) {
        deleteTree(doomed(id, withVolumes));
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot delete " + doomed(id, withVolumes) + ": " + e, e);
    }
  }

  private Path doomed(ContainerId id, boolean withVolumes) {
    return layout
        .containers()
        .resolve(id.hex() + (withVolumes ? WITH_VOLUMES_SUFFIX : REMOVING_SUFFIX));
  }

  /**
   * What the folder holds.
   *
   * @param unreadable ids, as folders are named by them, of containers whose record is damaged
   * @param halfRemoved containers that are no more, but for their anonymous volumes
   */
  record Loaded(
      List<ContainerRecord> records, Set<String> unreadable, List<ContainerRecord> halfRemoved) {}

  /**
   * Every record. A folder without one, which a crash in the middle of a creation or removal
   * leaves, is deleted; one whose record cannot be read is left for a person to look at, and
   * reported.
   */
  Loaded load() {
    Loaded loaded = new Loaded(new ArrayList<>(), new HashSet<>(), new ArrayList<>());
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(layout.containers())) {
      for (Path folder : folders) {
        load(folder, loaded);
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + layout.containers() + ": " + e, e);
    }
    return loaded;
  }

  private void load(Path folder, Loaded loaded) throws IOException {
    Path file = folder.resolve(ContainerLayout.RECORD);
    if (folder.toString().endsWith(WITH_VOLUMES_SUFFIX)) {
      loadHalfRemoved(folder, loaded);
      return;
    }
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

  /** What tells of its volumes is not deleted before they are. */
  private void loadHalfRemoved(Path folder, Loaded loaded) throws IOException {
    try {
      loaded
          .halfRemoved()
          .add(json.read(Files.readAllBytes(folder.resolve(ContainerLayout.RECORD))));
    } catch (JsonParseException | NoSuchFileException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the removal of {0} was cut short, and its record is damaged: its anonymous volumes stay",
          folder.getFileName());
      deleteTree(folder);
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
