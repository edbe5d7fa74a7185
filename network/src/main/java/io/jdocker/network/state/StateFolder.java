package io.jdocker.network.state;

import com.google.gson.Gson;
import io.jdocker.linux.durable.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with one JSON file per object. Files are replaced whole. Thread-safe as long as nobody
 * writes the same object twice at once.
 */
public final class StateFolder<T> {
  private static final String SUFFIX = ".json";
  private static final String DAMAGED_SUFFIX = ".damaged";

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
   * What a folder held.
   *
   * @param damaged ids of the objects whose file could not be read and is kept aside
   */
  public record Loaded<T>(List<T> objects, Set<String> damaged) {
    public Loaded {
      objects = List.copyOf(objects);
      damaged = Set.copyOf(damaged);
    }
  }

  /**
   * Every object of the folder; temporary files that a crash left are deleted. A file that is not
   * what this engine writes is kept aside under another name and the reason logged: whatever a disk
   * has done to one object, the others are to have their engine.
   */
  public Loaded<T> load() {
    if (!Files.isDirectory(folder)) {
      return new Loaded<>(List.of(), Set.of());
    }
    List<T> objects = new ArrayList<>();
    Set<String> damaged = new HashSet<>();
    for (Path file : stateFiles()) {
      try {
        objects.add(read(file));
      } catch (RuntimeException e) { // gson wraps what a record's constructor throws
        keepAside(file, e);
        damaged.add(idOf(file));
      }
    }
    return new Loaded<>(objects, damaged);
  }

  /** One object; empty where there is none. A damaged file is kept aside, as {@link #load} does. */
  public Optional<T> find(String id) {
    Path file = file(id);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(file));
    } catch (RuntimeException e) {
      keepAside(file, e);
      return Optional.empty();
    }
  }

  private List<Path> stateFiles() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().filter(this::isState).toList();
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
        throw new IllegalStateException("it is empty");
      }
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String idOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** Logged here, as nobody is left to throw to; the logger is made when there is need only. */
  private static void keepAside(Path file, RuntimeException reason) {
    System.Logger log = System.getLogger(StateFolder.class.getName());
    Path aside = file.resolveSibling(file.getFileName() + DAMAGED_SUFFIX);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      log.log(
          System.Logger.Level.WARNING,
          "state file {0} is damaged: {1}; it is kept as {2}",
          file,
          firstLine(reason),
          aside.getFileName());
    } catch (IOException e) {
      log.log(
          System.Logger.Level.WARNING,
          "state file {0} is damaged: {1}; nor can it be kept aside: {2}",
          file,
          firstLine(reason),
          e);
    }
  }

  /** The parser's messages go on with advice to programmers. */
  private static String firstLine(RuntimeException reason) {
    return String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
  }

  private Path file(String id) {
    if (!id.matches("[a-zA-Z0-9]+")) {
      throw new IllegalArgumentException("\"" + id + "\" cannot name a state file");
    }
    return folder.resolve(id + SUFFIX);
  }
}
