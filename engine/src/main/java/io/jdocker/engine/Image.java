package io.jdocker.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An image, as it was when asked for.
 *
 * @param id {@code sha256:...}
 * @param names {@code busybox:latest}, sorted; none for what was built without a name
 * @param size bytes of the files in all its layers
 * @param environment {@code NAME=value}
 * @param exposedPorts on which its containers listen
 */
public record Image(
    String id,
    List<String> names,
    long size,
    Instant created,
    List<String> entrypoint,
    List<String> command,
    List<String> environment,
    List<Port> exposedPorts,
    Map<String, String> labels) {
  public Image {
    names = List.copyOf(names);
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    exposedPorts = List.copyOf(exposedPorts);
    labels = Map.copyOf(labels);
  }

  static Image of(io.jdocker.images.Image image) {
    return new Image(
        image.id().toString(),
        image.repoTags(),
        image.size(),
        image.created(),
        image.config().entrypoint(),
        image.config().cmd(),
        image.config().env(),
        image.config().exposedPorts().stream().map(Port::parse).toList(),
        image.config().labels());
  }
}
