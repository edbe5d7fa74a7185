package io.jdocker.runtime.volume;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.durable.AtomicFile;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The engine's volumes: ROOT/volumes/NAME with {@code _data}, the folder, and {@code volume.json}.
 * The record is written last, so a folder without one is the rest of a crash. Thread-safe.
 */
public final class VolumeStore {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final String RECORD = "volume.json";
  private static final int RANDOM_BYTES = 32;

  private final Path root;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Volume> volumes = new TreeMap<>();

  /** Opens the volumes below a folder, and sweeps away what a crash left there. */
  public VolumeStore(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
    try {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
        for (Path folder : folders) {
          load(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the volumes in " + root, e);
    }
  }

  private void load(Path folder) throws IOException {
    Path record = folder.resolve(RECORD);
    if (!Files.exists(record)) {
      deleteTree(folder);
      return;
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(record)).getAsJsonObject();
      String name = folder.getFileName().toString();
      volumes.put(
          name,
          new Volume(
              name,
              folder.resolve("_data"),
              Instant.parse(json.get("created").getAsString()),
              texts(json.getAsJsonObject("labels")),
              json.get("anonymous").getAsBoolean(),
              json.has("options") ? texts(json.getAsJsonObject("options")) : Map.of()));
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException
        | DateTimeException e) {
      System.getLogger(VolumeStore.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "{0} is no volume record: the volume is left out, its data stays",
              record);
    }
  }

  private static Map<String, String> texts(JsonObject json) {
    Map<String, String> texts = new TreeMap<>();
    json.entrySet().forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
    return texts;
  }

  private static JsonObject json(Map<String, String> texts) {
    JsonObject json = new JsonObject();
    texts.forEach(json::addProperty);
    return json;
  }

  /** As {@link #create(String, Map, Map)}, a plain folder. */
  public Volume create(String name, Map<String, String> labels) {
    return create(name, labels, Map.of());
  }

  /**
   * The volume of that name, made where there is none.
   *
   * @param name empty: a new anonymous volume
   * @param options of {@link LocalOptions}; empty: a plain folder
   * @throws InvalidArgument for a name or options that are none
   */
  public synchronized Volume create(
      String name, Map<String, String> labels, Map<String, String> options) {
    boolean anonymous = name.isEmpty();
    String actual = anonymous ? randomName() : checked(name);
    if (!options.isEmpty()) {
      checkOptions(actual, options);
    }
    Volume existing = volumes.get(actual);
    if (existing != null) {
      return existing;
    }
    Volume volume =
        new Volume(
            actual,
            root.resolve(actual).resolve("_data"),
            clock.instant(),
            labels(labels, anonymous),
            anonymous,
            options);
    try {
      Files.createDirectory(
          root.resolve(actual),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x---")));
    } catch (FileAlreadyExistsException e) {
      // One whose record could not be read: its data is the user's, so nothing is deleted.
      throw new SystemFailure(
          "cannot make volume "
              + actual
              + ": "
              + root.resolve(actual)
              + " is there without a readable record; repair or delete it",
          e);
    } catch (IOException e) {
      throw new SystemFailure("cannot make volume " + actual + ": " + e.getMessage(), e);
    }
    try {
      Files.createDirectory(volume.data());
      Files.setPosixFilePermissions(volume.data(), PosixFilePermissions.fromString("rwxr-xr-x"));
      AtomicFile.write(root.resolve(actual).resolve(RECORD), record(volume));
    } catch (IOException | SystemFailure e) {
      deleteQuietly(root.resolve(actual), e);
      throw new SystemFailure("cannot make volume " + actual + ": " + e.getMessage(), e);
    }
    volumes.put(actual, volume);
    return volume;
  }

  private static void checkOptions(String name, Map<String, String> options) {
    try {
      LocalOptions.parse(options);
    } catch (InvalidArgument e) {
      throw new InvalidArgument("create " + name + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> labels(Map<String, String> asked, boolean anonymous) {
    Map<String, String> labels = new TreeMap<>(asked);
    if (anonymous) {
      labels.put(Volume.ANONYMOUS, "");
    }
    return labels;
  }

  private static byte[] record(Volume volume) {
    JsonObject json = new JsonObject();
    json.addProperty("created", volume.created().toString());
    json.addProperty("anonymous", volume.anonymous());
    json.add("labels", json(volume.labels()));
    json.add("options", json(volume.options()));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  public synchronized Optional<Volume> find(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  public synchronized Volume get(String name) {
    return find(name).orElseThrow(() -> new NotFound("get " + name + ": no such volume"));
  }

  public synchronized List<Volume> list() {
    return List.copyOf(volumes.values());
  }

  /**
   * Deletes a volume and its data.
   *
   * @param users ids of the containers that use it
   * @throws Conflict when there are any
   */
  public synchronized void remove(String name, Collection<String> users) {
    get(name);
    if (!users.isEmpty()) {
      throw new Conflict(
          "remove " + name + ": volume is in use - [" + String.join(", ", users) + "]");
    }
    try {
      // The record first: what is left after a crash is then swept away.
      Files.deleteIfExists(root.resolve(name).resolve(RECORD));
      deleteTree(root.resolve(name));
      volumes.remove(name); // not before: a removal that failed half-way can be asked for again
    } catch (IOException e) {
      throw new SystemFailure("cannot delete volume " + name + ": " + e.getMessage(), e);
    }
  }

  /** The name, when it is one. */
  public static String checked(String name) {
    if (name.length() == 1) {
      throw new InvalidArgument(
          "create "
              + name
              + ": volume name is too short, names should be at least two alphanumeric characters");
    }
    if (!NAME.matcher(name).matches()) {
      throw new InvalidArgument(
          "create "
              + name
              + ": \""
              + name
              + "\" includes invalid characters for a local volume name, only"
              + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
              + " directory, use absolute path");
    }
    return name;
  }

  private String randomName() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void deleteQuietly(Path folder, Exception cause) {
    try {
      deleteTree(folder);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
    } catch (java.nio.file.NoSuchFileException e) {
      return;
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
