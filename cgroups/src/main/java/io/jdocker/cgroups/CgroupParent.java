package io.jdocker.cgroups;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The folder, the same in every hierarchy, that an engine's cgroups lie in.
 *
 * @param relative its path from the place a hierarchy is mounted at
 */
record CgroupParent(Path relative) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

  /**
   * @param path absolute: {@code /jdocker}
   * @throws InvalidArgument for a path with {@code ..}, which could name any cgroup of the host
   */
  static CgroupParent parse(String path) {
    String relative = path.replaceFirst("^/+", "");
    List<String> names = Stream.of(relative.split("/+", -1)).toList();
    if (!path.startsWith("/") || !names.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw new InvalidArgument(
          "invalid cgroup parent \"" + path + "\": expected an absolute path of plain names");
    }
    return new CgroupParent(Path.of(relative));
  }

  /** The names in the path, from the top. */
  List<String> names() {
    return StreamSupport.stream(relative.spliterator(), false).map(Path::toString).toList();
  }

  /**
   * @throws InvalidArgument for an id that is more than one plain name
   */
  static void checkId(String id) {
    if (!NAME.matcher(id).matches()) {
      throw new InvalidArgument(
          "invalid cgroup name \"" + id + "\": only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
  }
}
