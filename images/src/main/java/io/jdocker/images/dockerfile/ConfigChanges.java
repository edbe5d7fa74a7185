package io.jdocker.images.dockerfile;

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
    ConfigEditor editor = new ConfigEditor(config);
    switch (change.instruction()) {
      case "CMD" -> editor.cmd(command(rest));
      case "ENTRYPOINT" -> editor.entrypoint(command(rest));
      case "ENV" -> Words.pairs("ENV", rest).forEach(editor::env);
      case "LABEL" -> Words.pairs("LABEL", rest).forEach(editor::label);
      case "EXPOSE" -> Words.split(rest).forEach(editor::expose);
      case "VOLUME" ->
          Words.jsonList(rest).orElseGet(() -> Words.split(rest)).forEach(editor::volume);
      case "USER" -> editor.user(one("USER", rest));
      case "WORKDIR" -> editor.workingDirectory(one("WORKDIR", rest));
      case "STOPSIGNAL" -> editor.stopSignal(one("STOPSIGNAL", rest));
      case "ONBUILD" -> editor.onBuild(onBuild(rest));
      case "HEALTHCHECK" -> editor.healthCheck(rest);
      default ->
          throw new InvalidArgument(
              change.instruction().toLowerCase(Locale.ROOT) + " is not a valid change command");
    }
  }

  private static Instruction.Command command(String rest) {
    return Words.jsonList(rest)
        .map(words -> new Instruction.Command(false, words))
        .orElseGet(() -> new Instruction.Command(true, List.of(rest)));
  }

  private static String one(String instruction, String rest) {
    List<String> words = Words.split(rest);
    if (words.size() != 1 || words.get(0).isEmpty()) {
      throw new InvalidArgument(instruction + " requires exactly one argument");
    }
    return words.get(0);
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
}
