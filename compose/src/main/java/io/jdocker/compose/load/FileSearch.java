package io.jdocker.compose.load;

import io.jdocker.linux.failure.NotFound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds a project's files where none are named: here, or in a folder above. */
final class FileSearch {
  static final List<String> NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
  private static final List<String> OVERRIDES =
      List.of(
          "compose.override.yml",
          "compose.override.yaml",
          "docker-compose.override.yml",
          "docker-compose.override.yaml");

  private final List<String> warnings;

  FileSearch(List<String> warnings) {
    this.warnings = warnings;
  }

  /** The file, and the one that overrides it where there is one. */
  List<Path> from(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      List<Path> found = in(folder, NAMES);
      if (!found.isEmpty()) {
        List<Path> files = new ArrayList<>(List.of(found.get(0)));
        files.addAll(in(folder, OVERRIDES).stream().limit(1).toList());
        return files;
      }
    }
    throw new NotFound("no configuration file provided: not found");
  }

  private List<Path> in(Path folder, List<String> names) {
    List<Path> found = names.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
    if (found.size() > 1) {
      String all = String.join(", ", found.stream().map(Path::toString).toList());
      warnings.add("Found multiple config files with supported names: " + all);
      warnings.add("Using " + found.get(0));
    }
    return found;
  }
}
