package io.jdocker.cli.compose.act;

import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.compose.model.Mount;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.VolumeSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the volumes that services of a project use. */
final class Volumes {
  private final ProjectEngine engine;
  private final Board board;

  Volumes(ProjectEngine engine, Board board) {
    this.engine = engine;
    this.board = board;
  }

  void ensure(Project project, Iterable<String> services) throws IOException {
    Set<String> used = new LinkedHashSet<>();
    for (String name : services) {
      for (Mount mount : project.services().get(name).storage().mounts()) {
        if (mount.type().equals("volume")) {
          used.add(mount.source());
        }
      }
    }
    for (VolumeSpec volume : project.volumes().values()) {
      if (used.contains(volume.key())) {
        ensure(project, volume);
      }
    }
  }

  private void ensure(Project project, VolumeSpec volume) throws IOException {
    Optional<ApiObject> found = engine.find("/volumes/", volume.name(), "");
    if (volume.external()) {
      if (found.isEmpty()) {
        throw new CommandFailure("external volume \"" + volume.name() + "\" not found");
      }
      return;
    }
    if (found.isPresent()) {
      String owner = found.get().map("Labels").getOrDefault(Labels.PROJECT, "");
      if (owner.isEmpty()) {
        board.warning(
            "volume \""
                + volume.name()
                + "\" already exists but was not created by Docker Compose."
                + " Use `external: true` to use an existing volume");
      } else if (!owner.equals(project.name())) {
        board.warning(
            "volume \""
                + volume.name()
                + "\" already exists but was created for project \""
                + owner
                + "\" (expected \""
                + project.name()
                + "\"). Use `external: true` to use an existing volume");
      }
      return;
    }
    Map<String, String> labels = new LinkedHashMap<>(volume.labels());
    labels.put(Labels.PROJECT, project.name());
    labels.put(Labels.VOLUME, volume.key());
    labels.put(Labels.VERSION, ComposeVersion.TEXT);
    JsonObject document =
        new JsonBody()
            .text("Name", volume.name())
            .text("Driver", volume.driver())
            .map("DriverOpts", volume.options())
            .map("Labels", labels)
            .build();
    board.tell("Volume", "\"" + volume.name() + "\"", "Creating");
    engine.api().post(Query.of("/volumes/create"), document);
    board.tell("Volume", "\"" + volume.name() + "\"", "Created");
  }
}
