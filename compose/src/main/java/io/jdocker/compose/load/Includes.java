package io.jdocker.compose.load;

import io.jdocker.compose.variable.EnvironmentFile;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Value;
import io.jdocker.linux.failure.NotFound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code include}: whole files, with folders and variables of their own, whose services become part
 * of the project. What is defined twice is a mistake: nothing is merged.
 */
final class Includes {
  private static final List<String> SECTIONS =
      List.of("services", "networks", "volumes", "secrets", "configs");

  private final FileReading reading;

  Includes(FileReading reading) {
    this.reading = reading;
  }

  /** What was included before, and what this document includes. */
  Mapping add(Mapping included, Mapping document) {
    Optional<Value> value = document.find("include");
    if (value.isEmpty() || value.get().isNull()) {
      return included;
    }
    Mapping all = included;
    for (Value item : FileReading.items(value.get())) {
      all = combine(all, one(item));
    }
    return all;
  }

  private Mapping one(Value item) {
    List<Path> files = new ArrayList<>();
    Mapping given =
        item instanceof Mapping mapping
            ? mapping
            : Mapping.empty(item.position()).with("path", item);
    for (String name : texts(given, "path")) {
      files.add(reading.directory().resolve(name).normalize());
    }
    for (String key : given.names()) {
      if (!List.of("path", "project_directory", "env_file").contains(key)) {
        throw Mistake.at(
            given.keyPosition(key), "include", "additional properties '" + key + "' not allowed");
      }
    }
    if (files.isEmpty()) {
      throw Mistake.at(item.position(), "include", "must name at least one file");
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new NotFound(item.position() + ": include " + file + ": no such file or directory");
      }
    }
    List<String> folders = texts(given, "project_directory");
    Path folder =
        folders.isEmpty()
            ? files.get(0).getParent()
            : reading.directory().resolve(folders.get(0)).normalize();
    return reading.inner(variables(given, folder), folder, files, item.position()).read(files);
  }

  private Map<String, String> variables(Mapping given, Path folder) {
    Map<String, String> own = new LinkedHashMap<>();
    List<String> named = texts(given, "env_file");
    if (named.isEmpty() && Files.isRegularFile(folder.resolve(".env"))) {
      own.putAll(EnvironmentFile.read(folder.resolve(".env"), reading.variables()));
    }
    for (String file : named) {
      own.putAll(
          EnvironmentFile.read(reading.directory().resolve(file).normalize(), reading.variables()));
    }
    own.putAll(reading.variables());
    return own;
  }

  private static List<String> texts(Mapping given, String key) {
    List<String> texts = new ArrayList<>();
    Optional<Value> value = given.find(key);
    if (value.isEmpty() || value.get().isNull()) {
      return texts;
    }
    for (Value item : FileReading.items(value.get())) {
      if (!(item instanceof Scalar text)) {
        throw Mistake.at(item.position(), "include." + key, "must be a string");
      }
      texts.add(text.text());
    }
    return texts;
  }

  /** Both documents; the same name in both is refused, unless it is the same thing. */
  static Mapping combine(Mapping document, Mapping included) {
    Mapping all = document;
    for (String section : SECTIONS) {
      Mapping own = document.mapping(section);
      Mapping others = included.mapping(section);
      for (String name : others.names()) {
        Value other = others.find(name).orElseThrow();
        if (own.has(name) && !own.find(name).equals(others.find(name))) {
          throw Mistake.at(
              own.keyPosition(name),
              section + "." + name,
              "conflicts with imported resource of " + others.keyPosition(name));
        }
        own = own.with(name, others.keyPosition(name), other);
      }
      if (!own.names().isEmpty()) {
        all = all.with(section, own);
      }
    }
    return all;
  }
}
