package io.jdocker.images;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One step of a build and what came of it.
 *
 * @param key hash of the inputs
 * @param instruction on one line, as it is in the Dockerfile
 * @param inputs all that the result depends on, by what it is: each a text or a hash
 * @param layer key of the layer that it made; empty where it changed the configuration alone
 * @param created when it was run
 */
public record CachedStep(
    Digest key,
    String instruction,
    Map<String, String> inputs,
    Optional<Digest> layer,
    Instant created) {
  public CachedStep {
    inputs = Map.copyOf(inputs);
  }

  /** The key of these inputs: the same for the same ones, in whatever order. */
  public static Digest key(Map<String, String> inputs) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(inputs)
        .forEach(
            (name, value) ->
                text.append(name).append('\0').append(value.length()).append('\0').append(value));
    return Digest.of(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
