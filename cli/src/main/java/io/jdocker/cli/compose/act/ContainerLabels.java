package io.jdocker.cli.compose.act;

import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.compose.model.Dependency;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The labels that docker compose gives a container, beside project and service. */
public final class ContainerLabels {
  private final Project project;
  private final List<String> environmentFiles;

  /**
   * Prepares them.
   *
   * @param environmentFiles those named on the command line
   */
  public ContainerLabels(Project project, List<String> environmentFiles) {
    this.project = project;
    this.environmentFiles = environmentFiles;
  }

  /** The labels of one container. */
  public Map<String, String> of(
      Service service, int number, boolean oneOff, String hash, String imageId) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.NUMBER, "" + number);
    labels.put(Labels.ONE_OFF, oneOff ? "True" : "False");
    labels.put(Labels.HASH, hash);
    labels.put(Labels.IMAGE, imageId);
    labels.put(
        Labels.FILES, String.join(",", project.files().stream().map(Path::toString).toList()));
    labels.put(Labels.DIRECTORY, project.directory().toString());
    labels.put(Labels.DEPENDS_ON, dependsOn(service));
    labels.put(Labels.VERSION, ComposeVersion.TEXT);
    if (!environmentFiles.isEmpty()) {
      List<String> absolute =
          environmentFiles.stream().map(f -> Path.of(f).toAbsolutePath().toString()).toList();
      labels.put(Labels.ENVIRONMENT_FILE, String.join(",", absolute));
    }
    return labels;
  }

  /** {@code db:service_healthy:false}, comma-separated. */
  private static String dependsOn(Service service) {
    List<String> entries = new ArrayList<>();
    for (Map.Entry<String, Dependency> needed : service.dependsOn().entrySet()) {
      Dependency dependency = needed.getValue();
      entries.add(
          needed.getKey() + ":" + dependency.condition().word() + ":" + dependency.restart());
    }
    return String.join(",", entries);
  }
}
