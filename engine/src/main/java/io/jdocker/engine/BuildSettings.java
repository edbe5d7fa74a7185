package io.jdocker.engine;

import io.jdocker.images.ImageReference;
import io.jdocker.runtime.build.BuildInputs;
import io.jdocker.runtime.build.BuildRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an image is built.
 *
 * @param name of the image; empty: none
 * @param dockerfile path in the context's folder
 * @param target stage to build; empty: the last one
 * @param cache whether steps that were run before are taken from the cache
 * @param network of RUN steps: a network's name, {@code host} or {@code none}; empty: the default
 *     one
 */
public record BuildSettings(
    String name,
    String dockerfile,
    Map<String, String> arguments,
    Map<String, String> labels,
    String target,
    boolean cache,
    String network) {
  public BuildSettings {
    arguments = Map.copyOf(arguments);
    labels = Map.copyOf(labels);
  }

  /** The last stage of the folder's {@code Dockerfile}. */
  public static BuildSettings named(String name) {
    return new BuildSettings(name, "Dockerfile", Map.of(), Map.of(), "", true, "");
  }

  public BuildSettings withDockerfile(String path) {
    return new BuildSettings(name, path, arguments, labels, target, cache, network);
  }

  public BuildSettings withArgument(String argument, String value) {
    Map<String, String> more = new LinkedHashMap<>(arguments);
    more.put(argument, value);
    return new BuildSettings(name, dockerfile, more, labels, target, cache, network);
  }

  public BuildSettings withLabel(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(labels);
    more.put(key, value);
    return new BuildSettings(name, dockerfile, arguments, more, target, cache, network);
  }

  public BuildSettings withTarget(String stage) {
    return new BuildSettings(name, dockerfile, arguments, labels, stage, cache, network);
  }

  public BuildSettings withoutCache() {
    return new BuildSettings(name, dockerfile, arguments, labels, target, false, network);
  }

  public BuildSettings withNetwork(String other) {
    return new BuildSettings(name, dockerfile, arguments, labels, target, cache, other);
  }

  BuildRequest request() {
    Map<String, Optional<String>> given = new LinkedHashMap<>();
    arguments.forEach((argument, value) -> given.put(argument, Optional.of(value)));
    return new BuildRequest(
        dockerfile,
        name.isEmpty() ? List.of() : List.of(ImageReference.parse(name)),
        given,
        labels,
        target,
        !cache,
        false,
        network,
        List.of(),
        0,
        Map.of(),
        false,
        BuildInputs.none());
  }
}
