package io.jdocker.compose;

import io.jdocker.compose.load.ProjectLoader;
import io.jdocker.compose.load.ProjectSource;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with a project's files, read as a caller in it would have them read. */
public final class ProjectFolder {
  private final Path folder;
  private Map<String, String> environment = Map.of();
  private List<String> files = List.of();
  private List<String> profiles = List.of();
  private List<String> named = List.of();
  private List<String> environmentFiles = List.of();
  private String name = "";
  private String input = "";

  public ProjectFolder(Path folder) {
    this.folder = folder;
  }

  public Path path() {
    return folder;
  }

  public ProjectFolder write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ProjectFolder environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  public ProjectFolder files(String... names) {
    files = List.of(names);
    return this;
  }

  public ProjectFolder profiles(String... names) {
    profiles = List.of(names);
    return this;
  }

  public ProjectFolder naming(String... services) {
    named = List.of(services);
    return this;
  }

  public ProjectFolder environmentFiles(String... names) {
    environmentFiles = List.of(names);
    return this;
  }

  public ProjectFolder name(String project) {
    name = project;
    return this;
  }

  public ProjectFolder input(String text) {
    input = text;
    return this;
  }

  public ProjectSource source() {
    return new ProjectSource(
        files, "", name, profiles, environmentFiles, named, environment, folder, () -> input);
  }

  public Project load() {
    return ProjectLoader.load(source());
  }

  /** The only service of a file with these lines below {@code services: app:}. */
  public Service service(String lines) {
    StringBuilder text = new StringBuilder("services:\n  app:\n");
    lines.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    return write("compose.yaml", text.toString()).load().services().get("app");
  }
}
