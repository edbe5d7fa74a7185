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
 * @param inputs what there is beside the context
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
    boolean explainMisses,
    BuildInputs inputs) {
  public BuildRequest {
    tags = List.copyOf(tags);
    arguments = new LinkedHashMap<>(arguments);
    labels = new LinkedHashMap<>(labels);
    extraHosts = List.copyOf(extraHosts);
    credentials = Map.copyOf(credentials);
  }

  /** The Dockerfile's last stage, under a name. */
  public static BuildRequest named(String name) {
    BuildRequestEditor editor = new BuildRequestEditor();
    editor.tags = List.of(ImageReference.parse(name));
    return editor.request();
  }

  public BuildRequest withArgument(String name, String value) {
    BuildRequestEditor editor = new BuildRequestEditor(this);
    editor.arguments.put(name, Optional.of(value));
    return editor.request();
  }

  public BuildRequest withTarget(String stage) {
    BuildRequestEditor editor = new BuildRequestEditor(this);
    editor.target = stage;
    return editor.request();
  }

  public BuildRequest withoutCache() {
    BuildRequestEditor editor = new BuildRequestEditor(this);
    editor.noCache = true;
    return editor.request();
  }

  public BuildRequest explained() {
    BuildRequestEditor editor = new BuildRequestEditor(this);
    editor.explainMisses = true;
    return editor.request();
  }

  public BuildRequest with(BuildInputs other) {
    BuildRequestEditor editor = new BuildRequestEditor(this);
    editor.inputs = other;
    return editor.request();
  }
}
