package io.jdocker.runtime.container;

import io.jdocker.images.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * What {@code docker commit} is asked for.
 *
 * @param name of the new image; empty: it has none
 * @param changes Dockerfile instructions to apply to the configuration
 * @param settings in place of the container's, before the changes
 * @param pause no process of the container runs while its files are read
 */
public record CommitRequest(
    Optional<ImageReference> name,
    String author,
    String comment,
    List<String> changes,
    CommitSettings settings,
    boolean pause) {
  public CommitRequest {
    changes = List.copyOf(changes);
  }

  /** Under a name, with nothing changed. */
  public static CommitRequest named(String name) {
    return new CommitRequest(
        Optional.of(ImageReference.parse(name)), "", "", List.of(), CommitSettings.NONE, true);
  }

  /** The same with Dockerfile instructions to apply. */
  public CommitRequest withChanges(String... instructions) {
    return new CommitRequest(name, author, comment, List.of(instructions), settings, pause);
  }

  /** The same with settings instead of the container's. */
  public CommitRequest withSettings(CommitSettings others) {
    return new CommitRequest(name, author, comment, changes, others, pause);
  }
}
