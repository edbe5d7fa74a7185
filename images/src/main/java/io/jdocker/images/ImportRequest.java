package io.jdocker.images;

import java.util.List;
import java.util.Optional;

/**
 * What {@code docker import} is asked for.
 *
 * @param name what to call the image, {@code :latest} added where it has no tag
 * @param source where the tar comes from, for the history: {@code -} or a URL
 * @param changes Dockerfile instructions to apply to the configuration
 * @param message for the history; empty for Docker's own
 */
public record ImportRequest(
    Optional<ImageReference> name,
    String source,
    List<String> changes,
    String message,
    Platform platform) {

  public ImportRequest {
    changes = List.copyOf(changes);
  }

  /** An import under a name, for this machine, with nothing changed. */
  public static ImportRequest named(String name) {
    return new ImportRequest(
        Optional.of(ImageReference.parse(name)), "-", List.of(), "", Platform.host());
  }

  /** The same with Dockerfile instructions to apply. */
  public ImportRequest withChanges(String... instructions) {
    return new ImportRequest(name, source, List.of(instructions), message, platform);
  }
}
