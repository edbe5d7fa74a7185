package io.jdocker.runtime.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.images.Healthcheck;
import io.jdocker.images.dockerfile.ConfigEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of a committed image that a client sends instead of the container's. What is empty is
 * the container's; variables, labels, ports and volumes join its own and win over them.
 *
 * @param env as {@code NAME=value}
 * @param cmd an entrypoint that comes without a command takes the container's command away
 */
public record CommitSettings(
    String user,
    String workingDirectory,
    String stopSignal,
    List<String> env,
    Optional<List<String>> entrypoint,
    List<String> cmd,
    List<String> exposedPorts,
    List<String> volumes,
    Map<String, String> labels,
    List<String> onBuild,
    Optional<Healthcheck> healthcheck) {
  /** Nothing is changed. */
  public static final CommitSettings NONE =
      new CommitSettings(
          "",
          "",
          "",
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          Map.of(),
          List.of(),
          Optional.empty());

  public CommitSettings {
    env = List.copyOf(env);
    entrypoint = entrypoint.map(List::copyOf);
    cmd = List.copyOf(cmd);
    exposedPorts = List.copyOf(exposedPorts);
    volumes = List.copyOf(volumes);
    labels = Map.copyOf(labels);
    onBuild = List.copyOf(onBuild);
  }

  /**
   * Writes them over the container's.
   *
   * @throws io.jdocker.linux.failure.InvalidArgument for a port or signal that is none
   */
  void write(JsonObject config) {
    ConfigEditor editor = new ConfigEditor(config);
    text(config, "User", user);
    text(config, "WorkingDir", workingDirectory);
    if (!stopSignal.isEmpty()) {
      editor.stopSignal(stopSignal);
    }
    if (!env.isEmpty()) {
      config.add("Env", array(mergedEnvironment(editor.env())));
    }
    writeCommand(config);
    exposedPorts.forEach(editor::expose);
    volumes.forEach(editor::volume);
    labels.forEach(editor::label);
    if (!onBuild.isEmpty()) {
      config.add("OnBuild", array(onBuild));
    }
    healthcheck.ifPresent(check -> config.add("Healthcheck", json(check)));
  }

  /** Docker's order: what was sent, then what the container has beside. */
  private List<String> mergedEnvironment(List<String> ofContainer) {
    List<String> merged = new ArrayList<>(env);
    for (String variable : ofContainer) {
      String name = variable.split("=", 2)[0];
      if (env.stream().noneMatch(sent -> sent.split("=", 2)[0].equals(name))) {
        merged.add(variable);
      }
    }
    return merged;
  }

  private void writeCommand(JsonObject config) {
    boolean hasEntrypoint = entrypoint.isPresent() && !entrypoint.get().isEmpty();
    if (hasEntrypoint || !cmd.isEmpty()) {
      config.remove("Cmd");
    }
    if (!cmd.isEmpty()) {
      config.add("Cmd", array(cmd));
    }
    // An empty list is sent on purpose, by who wants none.
    entrypoint.ifPresent(words -> config.add("Entrypoint", array(words)));
  }

  private static void text(JsonObject config, String field, String text) {
    if (!text.isEmpty()) {
      config.addProperty(field, text);
    }
  }

  private static JsonArray array(List<String> words) {
    JsonArray array = new JsonArray();
    words.forEach(array::add);
    return array;
  }

  private static JsonObject json(Healthcheck check) {
    JsonObject json = new JsonObject();
    json.add("Test", array(check.test()));
    json.addProperty("Interval", check.interval());
    json.addProperty("Timeout", check.timeout());
    json.addProperty("StartPeriod", check.startPeriod());
    json.addProperty("StartInterval", check.startInterval());
    json.addProperty("Retries", check.retries());
    return json;
  }
}
