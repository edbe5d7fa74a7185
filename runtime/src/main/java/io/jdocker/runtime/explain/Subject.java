package io.jdocker.runtime.explain;

import java.nio.file.Path;
import java.util.List;

/**
 * The container that is explained.
 *
 * @param id all 64 hexadecimal digits
 * @param image as the user wrote it
 * @param command the command line, not empty
 * @param root the engine's folder
 * @param folder the container's own folder below it, which is gone once the container is removed
 */
public record Subject(
    String id, String name, String image, List<String> command, Path root, Path folder) {
  private static final int SHORT_ID = 12;

  public Subject {
    command = List.copyOf(command);
  }

  /** The first twelve digits of the id. */
  String shortId() {
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }
}
