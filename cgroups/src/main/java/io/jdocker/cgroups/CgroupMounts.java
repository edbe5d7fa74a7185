package io.jdocker.cgroups;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The cgroup file systems that are mounted, as /proc/self/mountinfo tells them (proc(5)).
 *
 * @param v1 the v1 hierarchies, in the order they were mounted
 * @param v2 where the v2 hierarchy is mounted, or null where it is not
 */
record CgroupMounts(List<V1Mount> v1, Path v2) {
  /**
   * One v1 hierarchy.
   *
   * @param controllers the kernel's names, and {@code name=systemd} for the one systemd named
   */
  record V1Mount(Path point, Set<String> controllers) {}

  private static final int MOUNT_POINT = 4;
  private static final String SEPARATOR = " - ";

  static CgroupMounts parse(List<String> mountinfo) {
    List<V1Mount> v1 = new ArrayList<>();
    Set<Set<String>> seen = new HashSet<>();
    Path v2 = null;
    for (String line : mountinfo) {
      int separator = line.indexOf(SEPARATOR);
      if (separator < 0) {
        continue;
      }
      String[] tail = line.substring(separator + SEPARATOR.length()).split(" ", -1);
      Path point = Path.of(unescape(line.split(" ", -1)[MOUNT_POINT]));
      if (tail[0].equals("cgroup2") && v2 == null) {
        v2 = point;
      } else if (tail[0].equals("cgroup")) {
        Set<String> controllers = controllers(tail[2]);
        // The same hierarchy may be mounted again elsewhere: the first place will do.
        if (seen.add(controllers)) {
          v1.add(new V1Mount(point, controllers));
        }
      }
    }
    return new CgroupMounts(List.copyOf(v1), v2);
  }

  /** Of the super block's options those that name a controller; others say rw, or an agent. */
  private static Set<String> controllers(String options) {
    return Arrays.stream(options.split(",", -1))
        .filter(option -> !option.equals("rw") && !option.equals("ro"))
        .filter(option -> !option.contains("=") || option.startsWith("name="))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** mountinfo writes blanks and backslashes in octal: {@code \040}. */
  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length()) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  Optional<Path> unified() {
    return Optional.ofNullable(v2);
  }

  boolean hasV1(String controller) {
    return v1.stream().anyMatch(mount -> mount.controllers().contains(controller));
  }
}
