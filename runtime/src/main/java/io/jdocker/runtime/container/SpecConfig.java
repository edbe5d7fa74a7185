package io.jdocker.runtime.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import java.util.Collection;
import java.util.List;

/** A container's settings as the configuration of an image that is made from it. */
final class SpecConfig {
  private SpecConfig() {}

  /**
   * Writes them.
   *
   * @param config of the container's image: what the container does not say stays
   */
  static void write(ContainerSpec spec, JsonObject config) {
    ProcessSpec process = spec.process();
    text(config, "User", process.user());
    text(config, "WorkingDir", process.workingDirectory());
    text(config, "StopSignal", spec.lifecycle().stopSignal());
    list(config, "Env", process.environment());
    list(config, "Entrypoint", process.entrypoint().orElse(List.of()));
    list(config, "Cmd", process.command().orElse(List.of()));
    set(config, "ExposedPorts", spec.exposedPorts());
    set(config, "Volumes", spec.anonymousVolumes());
    JsonObject labels = new JsonObject();
    spec.labels().forEach(labels::addProperty);
    replace(config, "Labels", labels, spec.labels().isEmpty());
    spec.lifecycle().stopTimeout().ifPresent(t -> config.addProperty("StopTimeout", t));
  }

  private static void text(JsonObject config, String field, String text) {
    config.remove(field);
    if (!text.isEmpty()) {
      config.addProperty(field, text);
    }
  }

  private static void list(JsonObject config, String field, List<String> words) {
    JsonArray array = new JsonArray();
    words.forEach(array::add);
    replace(config, field, array, words.isEmpty());
  }

  /** Go's sets: an object whose keys count. */
  private static void set(JsonObject config, String field, Collection<String> keys) {
    JsonObject object = new JsonObject();
    keys.forEach(key -> object.add(key, new JsonObject()));
    replace(config, field, object, keys.isEmpty());
  }

  private static void replace(
      JsonObject config, String field, com.google.gson.JsonElement value, boolean absent) {
    config.remove(field);
    if (!absent) {
      config.add(field, value);
    }
  }
}
