package io.jdocker.compose.load;

import io.jdocker.compose.merge.Canonical;
import io.jdocker.compose.merge.Merge;
import io.jdocker.compose.variable.Interpolation;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Position;
import io.jdocker.compose.yaml.Value;
import io.jdocker.compose.yaml.YamlReader;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one set of files that are merged over one another, and what they include and extend. */
final class FileReading {
  private final Interpolation interpolation;
  private final Map<String, String> variables;
  private final Path directory;
  private final ProjectSource.Input input;
  private final Set<Path> including;
  private final List<String> warnings;

  /**
   * Prepares it.
   *
   * @param directory where relative paths of the files start
   * @param including the files that led here, so that a ring is seen
   */
  FileReading(
      Map<String, String> variables,
      Path directory,
      ProjectSource.Input input,
      Set<Path> including,
      List<String> warnings) {
    this.interpolation = new Interpolation(variables);
    this.variables = variables;
    this.directory = directory;
    this.input = input;
    this.including = including;
    this.warnings = warnings;
  }

  /** The merged document of the files, included ones too. */
  Mapping read(List<Path> files) {
    Mapping merged = Mapping.empty(new Position(files.get(0).toString(), 1, 1));
    Mapping included = merged;
    for (Path file : files) {
      for (Mapping raw : YamlReader.read(file.toString(), text(file))) {
        Mapping document = interpolation.apply(raw);
        included = new Includes(this).add(included, document);
        document = new Canonical(directory).document(document);
        document = new Extension(this, merged).apply(document, file);
        merged =
            merged.names().isEmpty()
                ? Merge.withoutResets(document)
                : Merge.documents(merged, document);
      }
    }
    for (String name : interpolation.unset()) {
      warnings.add("The \"" + name + "\" variable is not set. Defaulting to a blank string.");
    }
    return Includes.combine(merged.without("include"), included);
  }

  /** One file in canonical form, as another file's {@code extends} needs it. */
  Mapping extended(Path file) {
    Mapping merged = Mapping.empty(new Position(file.toString(), 1, 1));
    Path parent = file.toAbsolutePath().getParent();
    for (Mapping raw : YamlReader.read(file.toString(), text(file))) {
      Mapping document = new Canonical(parent).document(interpolation.apply(raw));
      merged = Merge.documents(merged, document);
    }
    return merged;
  }

  private String text(Path file) {
    try {
      return file.toString().equals("-") ? input.text() : Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new NotFound("open " + file + ": no such file or directory", e);
    } catch (IOException e) {
      throw new InvalidArgument("read " + file + ": " + e.getMessage(), e);
    }
  }

  Map<String, String> variables() {
    return variables;
  }

  Path directory() {
    return directory;
  }

  /** A reading of included files, with a folder and variables of their own. */
  FileReading inner(Map<String, String> own, Path folder, List<Path> files, Position at) {
    Set<Path> open = new LinkedHashSet<>(including);
    for (Path file : files) {
      if (!open.add(file)) {
        List<String> ring = new ArrayList<>(open.stream().map(Path::toString).toList());
        ring.add(file.toString());
        throw Mistake.at(at, "", "include cycle detected: " + String.join(" includes ", ring));
      }
    }
    return new FileReading(own, folder, input, open, warnings);
  }

  /** True when the value is a list of mappings or texts that something may be made of. */
  static List<Value> items(Value value) {
    return value instanceof io.jdocker.compose.yaml.Sequence list ? list.items() : List.of(value);
  }
}
