package io.jdocker.images.inventory;

import io.jdocker.images.inventory.FileRecord.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one layer brings and hides: of two lines with one path the last has won. */
public final class Inventory {
  /** Begins the last line, before the number of the others. */
  static final String END = "end ";

  private final NavigableMap<String, FileRecord> files = new TreeMap<>();
  private final NavigableSet<String> hidden = new TreeSet<>();
  private final NavigableSet<String> opaque = new TreeSet<>();

  private Inventory() {}

  /**
   * Reads one.
   *
   * @throws IOException when it cannot be read or is damaged
   */
  public static Inventory read(Path file) throws IOException {
    Inventory inventory = new Inventory();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(END + count)) {
          return inventory;
        }
        inventory.add(FileRecord.parse(line));
        count++;
      }
    }
    // As a power cut leaves it: a file of zero bytes, or of a part.
    throw new IOException(file + " is cut short");
  }

  private void add(FileRecord record) {
    switch (record.kind()) {
      case HIDDEN -> hidden.add(record.path());
      case OPAQUE -> opaque.add(record.path());
      case FOLDER -> files.put(record.path(), record);
      case FILE, SYMBOLIC_LINK, HARD_LINK, DEVICE, FIFO -> {
        FileRecord before = files.put(record.path(), record);
        if (before != null && before.kind() == Kind.FOLDER) {
          below(files, record.path()).clear();
        }
      }
    }
  }

  /** Those of a map whose paths lie below a folder. */
  static <T> NavigableMap<String, T> below(NavigableMap<String, T> map, String folder) {
    // '0' is the character behind '/'.
    return folder.equals(".") ? map : map.subMap(folder + "/", true, folder + "0", false);
  }

  /** All files, by their paths. */
  public Collection<FileRecord> files() {
    return files.values();
  }

  /** The file at that path. */
  public Optional<FileRecord> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The file whose content a path has: where a hard link leads, or the file itself. */
  public Optional<FileRecord> content(FileRecord record) {
    Optional<FileRecord> at = Optional.of(record);
    for (int i = 0; i < files.size() && at.isPresent(); i++) {
      if (at.get().kind() != Kind.HARD_LINK) {
        return at;
      }
      at = file(at.get().link());
    }
    return Optional.empty();
  }

  /** Paths of lower layers that it hides. */
  public NavigableSet<String> hidden() {
    return hidden;
  }

  /** Folders of lower layers of which it hides all. */
  public NavigableSet<String> opaque() {
    return opaque;
  }
}
