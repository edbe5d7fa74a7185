package io.jdocker.network.state;

import com.google.gson.Gson;
import io.jdocker.linux.durable.AtomicFile;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with one JSON file per object. Files are replaced whole. Thread-safe as long as nobody
 * writes the same object twice at once.
 */
public final class StateFolder<T> {
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Class<T> type;
  private final Gson gson = Json.create();

  public StateFolder(Path folder, Class<T> type) {
    this.folder = folder;
    this.type = type;
  }

  /** Writes an object's file; the folder is made when missing, readable by root alone. */
  public void write(String id, T object) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.write(file(id), gson.toJson(object).getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes an object's file if there is one. */
  public void delete(String id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every object of the folder; temporary files that a crash left are deleted.
   *
   * @throws SystemFailure naming a file that is not what this engine writes
   */
  public List<T> readAll() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().filter(this::isState).map(this::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isState(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(AtomicFile.TEMPORARY_SUFFIX)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return name.endsWith(SUFFIX);
  }

  private T read(Path file) {
    try {
      T object = gson.fromJson(Files.readString(file), type);
      if (object == null) {
        throw new SystemFailure("state file " + file + " is empty: restore or remove it");
      }
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SystemFailure e) {
      throw e;
    } catch (RuntimeException e) { // gson wraps what a record's constructor throws
      throw damaged(file, e);
    }
  }

  private static SystemFailure damaged(Path file, RuntimeException cause) {
    return new SystemFailure(
        "state file " + file + " is damaged: " + cause.getMessage() + ": restore or remove it",
        cause);
  }

  private Path file(String id) {
    if (!id.matches("[a-zA-Z0-9]+")) {
      throw new IllegalArgumentException("\"" + id + "\" cannot name a state file");
    }
    return folder.resolve(id + SUFFIX);
  }
}
