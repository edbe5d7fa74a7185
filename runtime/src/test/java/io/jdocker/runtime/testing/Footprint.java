package io.jdocker.runtime.testing;

import io.jdocker.linux.launch.KeeperImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that an engine has on its machine at one moment: files and mounts below its root, control
 * groups, keepers, named network namespaces. Two are equal when nothing was made in between, or
 * nothing was left.
 *
 * @param found what was found, by kind
 */
public record Footprint(Map<String, List<String>> found) {
  /**
   * Looks around.
   *
   * @param root the engine's root folder
   * @param cgroupParent the control group of the engine, {@code /name}
   */
  public static Footprint of(Path root, String cgroupParent) throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    found.put("files", below(root));
    found.put("mounts", mounts(root));
    found.put("control groups", controlGroups(cgroupParent.substring(1)));
    found.put("keepers", keepers(root));
    found.put("network namespaces", namespaceNames(root));
    return new Footprint(found);
  }

  private static List<String> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static List<String> mounts(Path root) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .map(line -> line.split(" ", 6)[4])
          .filter(point -> Path.of(point).startsWith(root))
          .sorted()
          .toList();
    }
  }

  /** Of every hierarchy, the engine's own group and those below it. */
  private static List<String> controlGroups(String parent) throws IOException {
    List<Path> hierarchies = new ArrayList<>(List.of(Path.of("/sys/fs/cgroup")));
    hierarchies.addAll(children(hierarchies.get(0)));
    List<String> groups = new ArrayList<>();
    for (Path hierarchy : hierarchies) {
      if (Files.isDirectory(hierarchy.resolve(parent))) {
        for (Path group : children(hierarchy.resolve(parent))) {
          if (Files.isDirectory(group)) {
            groups.add(group.toString());
          }
        }
      }
    }
    return groups.stream().sorted().toList();
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Processes that hold a status file below the root open, as a keeper does to its end. */
  private static List<String> keepers(Path root) throws IOException {
    List<String> keepers = new ArrayList<>();
    for (Path process : children(Path.of("/proc"))) {
      if (process.getFileName().toString().chars().allMatch(Character::isDigit)) {
        addKeeper(keepers, process, root);
      }
    }
    return keepers.stream().sorted().toList();
  }

  private static void addKeeper(List<String> keepers, Path process, Path root) {
    try {
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8);
      if (command.startsWith("jdocker-keeper\0")
          && Files.readSymbolicLink(process.resolve("fd/" + KeeperImage.STATUS_FD))
              .startsWith(root)) {
        keepers.add(command.replace('\0', ' '));
      }
    } catch (IOException endedMeanwhile) {
      // Then it is no keeper any more.
    }
  }

  private static List<String> namespaceNames(Path root) throws IOException {
    Path folder = Path.of("/run/netns");
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      for (Path name : children(folder)) {
        if (pointsBelow(name, root)) {
          names.add(name.toString());
        }
      }
    }
    return names.stream().sorted().toList();
  }

  private static boolean pointsBelow(Path name, Path root) throws IOException {
    try {
      return Files.isSymbolicLink(name) && Files.readSymbolicLink(name).startsWith(root);
    } catch (NoSuchFileException goneMeanwhile) {
      return false; // another engine's: the folder is everybody's
    }
  }
}
