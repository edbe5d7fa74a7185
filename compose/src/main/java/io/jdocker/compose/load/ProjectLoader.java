package io.jdocker.compose.load;

import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.parse.ProjectParser;
import io.jdocker.compose.variable.EnvironmentFile;
import io.jdocker.compose.variable.Interpolation;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.YamlReader;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a project. Mistakes in its files are {@link InvalidArgument}, files that are not there
 * {@link NotFound}.
 */
public final class ProjectLoader {
  private final ProjectSource source;
  private final List<String> warnings = new ArrayList<>();

  private ProjectLoader(ProjectSource source) {
    this.source = source;
  }

  /** Reads and checks all of it. */
  public static Project load(ProjectSource source) {
    return new ProjectLoader(source).project();
  }

  /**
   * The project's name alone: from the flag, a variable, the files or the folder. Files that are
   * not there are no failure when the name is known without them.
   */
  public static String name(ProjectSource source) {
    ProjectLoader loader = new ProjectLoader(source);
    Map<String, String> variables = loader.variables();
    String given = loader.givenName(variables);
    return given.isEmpty() ? loader.nameOf(loader.files(variables), variables) : given;
  }

  private Project project() {
    Map<String, String> variables = variables();
    List<Path> files = files(variables);
    String given = givenName(variables);
    String name = given.isEmpty() ? nameOf(files, variables) : given;
    Path directory = directory(files);
    variables.put("COMPOSE_PROJECT_NAME", name);
    Set<Path> open = new LinkedHashSet<>(files);
    Mapping merged =
        new FileReading(variables, directory, source.input(), open, warnings).read(files);
    if (merged.has("version")) {
      warnings.add(
          files.get(0)
              + ": the attribute `version` is obsolete, it will be ignored, please remove it to"
              + " avoid potential confusion");
    }
    Mapping document = new Normalization(name, directory, variables).apply(merged);
    Project project = parsed(document, name, directory, files, variables);
    new References(project).check();
    return project;
  }

  private Project parsed(
      Mapping document,
      String name,
      Path directory,
      List<Path> files,
      Map<String, String> variables) {
    ProjectParser parser = new ProjectParser(document, name, variables);
    Map<String, Service> all = parser.services();
    if (all.isEmpty() && !document.has("include")) {
      throw new InvalidArgument("empty compose file: " + files.get(0) + " has no services");
    }
    Map<String, Service> active = new LinkedHashMap<>();
    Set<String> disabled = new LinkedHashSet<>();
    Set<String> profiles = profiles(variables, all);
    for (Service service : all.values()) {
      List<String> own = service.identity().profiles();
      if (own.isEmpty() || profiles.contains("*") || own.stream().anyMatch(profiles::contains)) {
        active.put(service.name(), service);
      } else {
        disabled.add(service.name());
      }
    }
    return new Project(
        name,
        directory,
        files,
        active,
        disabled,
        parser.networks(),
        parser.volumes(),
        parser.secrets(),
        parser.configs(),
        document,
        warnings);
  }

  private Set<String> profiles(Map<String, String> variables, Map<String, Service> all) {
    Set<String> profiles = new LinkedHashSet<>(source.profiles());
    if (profiles.isEmpty()) {
      for (String name : variables.getOrDefault("COMPOSE_PROFILES", "").split(",", -1)) {
        profiles.add(name.strip());
      }
    }
    for (String named : source.named()) {
      if (all.containsKey(named)) {
        profiles.addAll(all.get(named).identity().profiles());
      }
    }
    return profiles;
  }

  /** The caller's variables over those of the project's file of variables. */
  private Map<String, String> variables() {
    Map<String, String> caller = source.environment();
    List<String> named = source.environmentFiles();
    String listed = caller.getOrDefault("COMPOSE_ENV_FILES", "");
    if (named.isEmpty() && !listed.isEmpty()) {
      named = List.of(listed.split(",", -1));
    }
    Map<String, String> variables = new LinkedHashMap<>();
    if (named.isEmpty()) {
      Path file = firstFolder().resolve(".env");
      if (Files.isRegularFile(file)) {
        variables.putAll(EnvironmentFile.read(file, caller));
      }
    }
    for (String file : named) {
      variables.putAll(EnvironmentFile.read(source.current().resolve(file).normalize(), caller));
    }
    variables.putAll(caller);
    return variables;
  }

  /** Where the project's folder is, as far as it can be told before its files are known. */
  private Path firstFolder() {
    if (!source.directory().isEmpty()) {
      return source.current().resolve(source.directory()).normalize();
    }
    String first = source.files().isEmpty() ? "-" : source.files().get(0);
    if (!first.equals("-")) {
      return source.current().resolve(first).normalize().getParent();
    }
    for (Path folder = source.current(); folder != null; folder = folder.getParent()) {
      for (String name : FileSearch.NAMES) {
        if (Files.isRegularFile(folder.resolve(name))) {
          return folder;
        }
      }
    }
    return source.current();
  }

  private List<Path> files(Map<String, String> variables) {
    List<String> named = source.files();
    String listed = variables.getOrDefault("COMPOSE_FILE", "");
    if (named.isEmpty() && !listed.isEmpty()) {
      String separator = variables.getOrDefault("COMPOSE_PATH_SEPARATOR", ":");
      named = List.of(listed.split(java.util.regex.Pattern.quote(separator), -1));
    }
    if (named.isEmpty()) {
      return new FileSearch(warnings).from(firstFolder());
    }
    List<Path> files = new ArrayList<>();
    for (String name : named) {
      files.add(name.equals("-") ? Path.of("-") : source.current().resolve(name).normalize());
    }
    return files;
  }

  private Path directory(List<Path> files) {
    if (!source.directory().isEmpty()) {
      return source.current().resolve(source.directory()).normalize();
    }
    Path first = files.get(0);
    return first.toString().equals("-") ? source.current() : first.toAbsolutePath().getParent();
  }

  private String givenName(Map<String, String> variables) {
    String name =
        source.name().isEmpty()
            ? variables.getOrDefault("COMPOSE_PROJECT_NAME", "")
            : source.name();
    return name.isEmpty() ? "" : ProjectName.checked(name);
  }

  private String nameOf(List<Path> files, Map<String, String> variables) {
    String name = "";
    for (Path file : files) {
      if (file.toString().equals("-")) {
        continue; // it can be read only once
      }
      try {
        for (Mapping document : YamlReader.read(file.toString(), Files.readString(file))) {
          if (document.find("name").orElse(null) instanceof Scalar text && !text.isNull()) {
            Mapping alone = Mapping.empty(document.position()).with("name", text);
            Mapping filled = new Interpolation(variables).apply(alone);
            name = ((Scalar) filled.find("name").orElseThrow()).text();
          }
        }
      } catch (IOException e) {
        throw new NotFound("open " + file + ": no such file or directory", e);
      }
    }
    if (!name.isEmpty()) {
      return ProjectName.checked(name);
    }
    Path folder = directory(files).getFileName();
    return ProjectName.ofFolder(folder == null ? "" : folder.toString());
  }
}
