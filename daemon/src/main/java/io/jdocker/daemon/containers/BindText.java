package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.MountTraits.VolumeTraits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One value of {@code -v}: {@code SOURCE:TARGET[:MODE]}. */
final class BindText {
  /** Words of a mode; of each row at most one is taken. */
  private static final List<List<String>> MODES =
      List.of(
          List.of("ro", "rw"),
          List.of("z", "Z"),
          List.of("private", "rprivate", "slave", "rslave", "shared", "rshared"),
          List.of("nocopy"),
          List.of("consistent", "cached", "delegated", "default"));

  private static final int PROPAGATION = 2;

  private BindText() {}

  /**
   * Reads it: a source with a slash in front is a path of the host, else a volume's name.
   *
   * @param driver of a new volume (--volume-driver)
   * @throws InvalidArgument in Docker's words
   */
  static MountSpec parse(String text, String driver) {
    String[] parts = text.split(":", -1);
    boolean modeForTarget = parts.length == 2 && !parts[1].isEmpty() && isMode(parts[1]);
    if (parts.length < 2
        || parts.length > 3
        || parts[0].isEmpty()
        || parts[1].isEmpty()
        || modeForTarget) {
      throw new InvalidArgument("invalid volume specification: '" + text + "'");
    }
    String mode = parts.length == 3 ? parts[2] : "";
    if (!isMode(mode)) {
      throw new InvalidArgument("invalid mode: " + mode);
    }
    boolean path = parts[0].startsWith("/");
    if (!parts[1].startsWith("/")) {
      throw new InvalidArgument(
          "invalid volume specification: '"
              + text
              + "': invalid mount config for type \""
              + (path ? "bind" : "volume")
              + "\": invalid mount path: '"
              + parts[1]
              + "' mount path must be absolute");
    }
    List<String> words = List.of(mode.split(",", -1));
    if (!parts[1].startsWith("/")) {
      throw wrong(text, path, "invalid mount path: '" + parts[1] + "' mount path must be absolute");
    }
    if (path && words.contains("nocopy")) {
      throw wrong(text, true, "field VolumeOptions must not be specified");
    }
    if (!path && wordOf(words, PROPAGATION).isPresent()) {
      throw wrong(text, false, "field BindOptions must not be specified");
    }
    VolumeTraits volume =
        new VolumeTraits(words.contains("nocopy"), "", Map.of(), path ? "" : driver, Map.of());
    MountTraits traits =
        MountTraits.standard()
            .withPropagation(wordOf(words, PROPAGATION).orElse(""))
            .withVolume(volume);
    return new MountSpec(
            path ? MountSpec.Kind.BIND : MountSpec.Kind.VOLUME,
            parts[0],
            parts[1],
            words.contains("ro"),
            mode,
            "",
            path)
        .withTraits(traits);
  }

  private static InvalidArgument wrong(String text, boolean path, String why) {
    return new InvalidArgument(
        "invalid volume specification: '"
            + text
            + "': invalid mount config for type \""
            + (path ? "bind" : "volume")
            + "\": "
            + why);
  }

  private static boolean isMode(String mode) {
    if (mode.isEmpty()) {
      return true;
    }
    int[] seen = new int[MODES.size()];
    for (String word : mode.split(",", -1)) {
      int row = 0;
      while (row < MODES.size() && !MODES.get(row).contains(word)) {
        row++;
      }
      if (row == MODES.size() || ++seen[row] > 1) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> wordOf(List<String> words, int row) {
    return words.stream().filter(MODES.get(row)::contains).findFirst();
  }
}
