package io.jdocker.images.dockerfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Changes to the {@code config} of an image, as Dockerfile instructions: CMD, ENTRYPOINT, ENV,
 * EXPOSE, HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME, WORKDIR. All are checked before
 * one is applied.
 */
public final class ConfigChanges {
  /** An instruction and what follows it. */
  private record Change(String instruction, String rest) {}

  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  private final List<Change> changes;

  private ConfigChanges(List<Change> changes) {
    this.changes = List.copyOf(changes);
  }

  /**
   * Reads instructions, one a line.
   *
   * @throws InvalidArgument for one that is malformed or changes more than configuration
   */
  public static ConfigChanges parse(List<String> lines) {
    List<Change> changes = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.strip().split("[ \t]+", 2);
      if (parts[0].isEmpty()) {
        continue;
      }
      String rest = parts.length > 1 ? parts[1].strip() : "";
      changes.add(new Change(parts[0].toUpperCase(Locale.ROOT), rest));
    }
    ConfigChanges parsed = new ConfigChanges(changes);
    parsed.apply(new JsonObject());
    return parsed;
  }

  /** Applies them, in order, to the {@code config} object of an image's configuration. */
  public void apply(JsonObject config) {
    changes.forEach(change -> apply(change, config));
  }

  private static void apply(Change change, JsonObject config) {
    String rest = change.rest();
    if (rest.isEmpty()) {
      throw new InvalidArgument(change.instruction() + " requires at least one argument");
    }
    switch (change.instruction()) {
      case "CMD" -> config.add("Cmd", array(command(rest)));
      case "ENTRYPOINT" -> config.add("Entrypoint", array(command(rest)));
      case "ENV" -> Words.pairs("ENV", rest).forEach((name, value) -> env(config, name, value));
      case "LABEL" -> Words.pairs("LABEL", rest).forEach(object(config, "Labels")::addProperty);
      case "EXPOSE" ->
          Words.split(rest).forEach(port -> Ports.add(object(config, "ExposedPorts"), port));
      case "VOLUME" -> volumes(config, rest);
      case "USER" -> config.addProperty("User", one("USER", rest));
      case "WORKDIR" -> workingDirectory(config, one("WORKDIR", rest));
      case "STOPSIGNAL" -> config.addProperty("StopSignal", signal(one("STOPSIGNAL", rest)));
      case "ONBUILD" -> list(config, "OnBuild").add(onBuild(rest));
      case "HEALTHCHECK" -> config.add("Healthcheck", HealthcheckInstruction.parse(rest));
      default ->
          throw new InvalidArgument(
              change.instruction().toLowerCase(Locale.ROOT) + " is not a valid change command");
    }
  }

  static List<String> command(String rest) {
    return Words.jsonList(rest)
        .orElseGet(
            () -> {
              List<String> shell = new ArrayList<>(SHELL);
              shell.add(rest);
              return shell;
            });
  }

  private static String one(String instruction, String rest) {
    List<String> words = Words.split(rest);
    if (words.size() != 1 || words.get(0).isEmpty()) {
      throw new InvalidArgument(instruction + " requires exactly one argument");
    }
    return words.get(0);
  }

  private static void env(JsonObject config, String name, String value) {
    JsonArray env = list(config, "Env");
    String entry = name + "=" + value;
    for (int i = 0; i < env.size(); i++) {
      if (env.get(i).getAsString().startsWith(name + "=")) {
        env.set(i, new com.google.gson.JsonPrimitive(entry));
        return;
      }
    }
    env.add(entry);
  }

  private static void volumes(JsonObject config, String rest) {
    for (String path : Words.jsonList(rest).orElseGet(() -> Words.split(rest))) {
      if (path.isBlank()) {
        throw new InvalidArgument("VOLUME specified can not be an empty string");
      }
      object(config, "Volumes").add(path, new JsonObject());
    }
  }

  private static void workingDirectory(JsonObject config, String path) {
    JsonElement before = config.get("WorkingDir");
    String base = before == null ? "/" : before.getAsString();
    config.addProperty(
        "WorkingDir", java.nio.file.Path.of("/", base).resolve(path).normalize().toString());
  }

  private static String signal(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    boolean number = name.matches("[0-9]{1,2}") && Integer.parseInt(name) >= 1;
    if (!number && !Signals.isKnown(name)) {
      throw new InvalidArgument("invalid signal: " + text);
    }
    return text;
  }

  private static String onBuild(String rest) {
    String trigger = rest.split("[ \t]+", 2)[0].toUpperCase(Locale.ROOT);
    if (trigger.equals("ONBUILD")) {
      throw new InvalidArgument("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    }
    if (trigger.equals("FROM") || trigger.equals("MAINTAINER")) {
      throw new InvalidArgument(trigger + " isn't allowed as an ONBUILD trigger");
    }
    return rest;
  }

  private static JsonObject object(JsonObject config, String field) {
    if (!config.has(field)) {
      config.add(field, new JsonObject());
    }
    return config.getAsJsonObject(field);
  }

  private static JsonArray list(JsonObject config, String field) {
    if (!config.has(field)) {
      config.add(field, new JsonArray());
    }
    return config.getAsJsonArray(field);
  }

  static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
