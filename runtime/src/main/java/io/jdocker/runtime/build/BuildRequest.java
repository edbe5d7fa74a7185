package io.jdocker.runtime.build;

import io.jdocker.images.ImageReference;
import io.jdocker.images.registry.Credentials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code docker build} is asked for.
 *
 * @param dockerfile path in the context; empty: Dockerfile
 * @param tags names of the image
 * @param arguments --build-arg; without a value, one that is not set in the client's environment
 * @param target stage to build; empty: the last one
 * @param network of RUN steps that name none themselves; empty: the default one
 * @param credentials for registries that images are pulled from, by the registry's name
 * @param explainMisses says for each step that is run why nothing in the cache fits
 */
public record BuildRequest(
    String dockerfile,
    List<ImageReference> tags,
    Map<String, Optional<String>> arguments,
    Map<String, String> labels,
    String target,
    boolean noCache,
    boolean pull,
    String network,
    List<String> extraHosts,
    long shmSize,
    Map<String, Credentials> credentials,
    boolean explainMisses) {
  public BuildRequest {
    tags = List.copyOf(tags);
    arguments = new LinkedHashMap<>(arguments);
    labels = new LinkedHashMap<>(labels);
    extraHosts = List.copyOf(extraHosts);
    credentials = Map.copyOf(credentials);
  }

  /** The Dockerfile's last stage, under a name. */
  public static BuildRequest named(String name) {
    return new BuildRequest(
        "",
        List.of(ImageReference.parse(name)),
        Map.of(),
        Map.of(),
        "",
        false,
        false,
        "none",
        List.of(),
        0,
        Map.of(),
        false);
  }

  public BuildRequest withArgument(String name, String value) {
    Map<String, Optional<String>> more = new LinkedHashMap<>(arguments);
    more.put(name, Optional.of(value));
    return new BuildRequest(
        dockerfile,
        tags,
        more,
        labels,
        target,
        noCache,
        pull,
        network,
        extraHosts,
        shmSize,
        credentials,
        explainMisses);
  }

  public BuildRequest withTarget(String stage) {
    return new BuildRequest(
        dockerfile,
        tags,
        arguments,
        labels,
        stage,
        noCache,
        pull,
        network,
        extraHosts,
        shmSize,
        credentials,
        explainMisses);
  }

  public BuildRequest withoutCache() {
    return new BuildRequest(
        dockerfile,
        tags,
        arguments,
        labels,
        target,
        true,
        pull,
        network,
        extraHosts,
        shmSize,
        credentials,
        explainMisses);
  }

  public BuildRequest explained() {
    return new BuildRequest(
        dockerfile,
        tags,
        arguments,
        labels,
        target,
        noCache,
        pull,
        network,
        extraHosts,
        shmSize,
        credentials,
        true);
  }
}
