package io.jdocker.cli.compose.act;

import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Removes networks, volumes and images of a project. */
public final class Removal {
  private static final int IN_USE = 409;

  private final ProjectEngine engine;
  private final Board board;

  public Removal(ProjectEngine engine, Board board) {
    this.engine = engine;
    this.board = board;
  }

  /**
   * Removes the project's networks.
   *
   * @param kept names of external ones, which are not the project's
   */
  public void networks(Kept kept) throws IOException {
    for (ApiObject network : engine.labelled("/networks", "")) {
      if (!kept.external().contains(network.text("Name"))) {
        remove("Network", network.text("Name"), Query.of("/networks/", network.text("Id"), ""));
      }
    }
  }

  /** Removes the project's volumes. */
  public void volumes(Kept kept) throws IOException {
    Set<String> names = new LinkedHashSet<>(kept.declared());
    engine.labelled("/volumes", "Volumes").forEach(volume -> names.add(volume.text("Name")));
    for (String name : names) {
      Optional<ApiObject> found = engine.find("/volumes/", name, "");
      if (!kept.external().contains(name) && found.isPresent()) {
        remove("Volume", name, Query.of("/volumes/", name, ""));
      }
    }
  }

  /** Removes images by their names. */
  public void images(Set<String> images) throws IOException {
    for (String image : images) {
      if (engine.find("/images/", image, "/json").isPresent()) {
        remove("Image", image, Query.of("/images/", image, ""));
      }
    }
  }

  private void remove(String kind, String name, Query query) throws IOException {
    board.tell(kind, name, "Removing");
    try {
      engine.api().delete(query);
      board.tell(kind, name, "Removed");
    } catch (ApiException e) {
      boolean isUsed = e.status() == IN_USE || e.getMessage().contains("active endpoints");
      if (e.isNotFound()) {
        board.tell(kind, name, "Removed");
      } else if (isUsed) {
        // Somebody else's container holds it: theirs to end.
        board.tell(kind, name, "Resource is still in use");
      } else {
        throw e;
      }
    }
  }

  /**
   * What the files say of the networks or volumes.
   *
   * @param declared the engine's names of those that are the project's
   * @param external of those that are not
   */
  public record Kept(Set<String> declared, Set<String> external) {}
}
