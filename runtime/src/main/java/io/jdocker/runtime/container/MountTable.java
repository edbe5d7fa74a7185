package io.jdocker.runtime.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The mounts of the engine's mount namespace, as proc_pid_mountinfo(5) tells them. */
record MountTable(List<Mount> mounts) {
  private static final Path FILE = Path.of("/proc/thread-self/mountinfo");
  private static final int POINT = 4;
  private static final int FIRST_TAG = 6;

  /**
   * One mount.
   *
   * @param tags {@code shared:1}, {@code master:2}
   */
  record Mount(Path point, List<String> tags) {
    boolean isShared() {
      return has("shared:");
    }

    boolean isSlave() {
      return has("master:");
    }

    private boolean has(String prefix) {
      return tags.stream().anyMatch(tag -> tag.startsWith(prefix));
    }
  }

  MountTable {
    mounts = List.copyOf(mounts);
  }

  static MountTable ofThisEngine() {
    try {
      return parse(Files.readAllLines(FILE, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  static MountTable parse(List<String> lines) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      int end = FIRST_TAG;
      while (!fields[end].equals("-")) {
        end++;
      }
      mounts.add(
          new Mount(
              Path.of(unescaped(fields[POINT])), Arrays.asList(fields).subList(FIRST_TAG, end)));
    }
    return new MountTable(mounts);
  }

  /** Blanks, tabs, newlines and backslashes stand there as three octal digits; the rest as is. */
  private static String unescaped(String field) {
    byte[] bytes = field.getBytes(StandardCharsets.ISO_8859_1);
    byte[] plain = new byte[bytes.length];
    int size = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\\' && i + 3 < bytes.length) {
        plain[size++] = (byte) Integer.parseInt(field.substring(i + 1, i + 4), 8);
        i += 3;
      } else {
        plain[size++] = bytes[i];
      }
    }
    return new String(plain, 0, size, StandardCharsets.UTF_8);
  }

  /** The mount a path without links lies on: the deepest, of those on one point the last. */
  Optional<Mount> of(Path path) {
    Optional<Mount> found = Optional.empty();
    for (Mount mount : mounts) {
      boolean deeper =
          found.isEmpty() || mount.point().getNameCount() >= found.get().point().getNameCount();
      if (path.startsWith(mount.point()) && deeper) {
        found = Optional.of(mount);
      }
    }
    return found;
  }

  /** True where something is mounted on exactly that path. */
  boolean isMountPoint(Path path) {
    return mounts.stream().anyMatch(mount -> mount.point().equals(path));
  }
}
