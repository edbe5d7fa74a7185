package io.jdocker.images.dockerfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Changes the {@code config} of an image, one setting at a time. Values are plain text. */
public final class ConfigEditor {
  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  private final JsonObject config;

  /**
   * @param config changed in place
   */
  public ConfigEditor(JsonObject config) {
    this.config = config;
  }

  /** Sets a variable where it stands, or adds it at the end. */
  public void env(String name, String value) {
    if (name.isEmpty()) {
      throw new InvalidArgument("ENV names can not be blank");
    }
    JsonArray env = list("Env");
    JsonPrimitive entry = new JsonPrimitive(name + "=" + value);
    for (int i = 0; i < env.size(); i++) {
      if (env.get(i).getAsString().startsWith(name + "=")) {
        env.set(i, entry);
        return;
      }
    }
    env.add(entry);
  }

  /** Its variables, {@code NAME=value}. */
  public List<String> env() {
    return texts("Env");
  }

  public void label(String name, String value) {
    object("Labels").addProperty(name, value);
  }

  /** Adds {@code 80}, {@code 53/udp} or {@code 8000-8010/tcp}. */
  public void expose(String port) {
    Ports.add(object("ExposedPorts"), port);
  }

  public void volume(String path) {
    if (path.isBlank()) {
      throw new InvalidArgument("VOLUME specified can not be an empty string");
    }
    object("Volumes").add(path, new JsonObject());
  }

  public void user(String name) {
    config.addProperty("User", name);
  }

  public String user() {
    return text("User");
  }

  /** Sets the working directory; a relative one begins at the one before. */
  public void workingDirectory(String path) {
    Path base = Path.of("/", workingDirectory());
    config.addProperty("WorkingDir", base.resolve(path).normalize().toString());
  }

  /** As it is set; empty where it is not. */
  public String workingDirectory() {
    return text("WorkingDir");
  }

  /** Sets a signal by name or number. */
  public void stopSignal(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    boolean number = name.matches("[0-9]{1,2}") && Integer.parseInt(name) >= 1;
    if (!number && !Signals.isKnown(name)) {
      throw new InvalidArgument("invalid signal: " + text);
    }
    config.addProperty("StopSignal", text);
  }

  public void shell(List<String> words) {
    config.add("Shell", array(words));
  }

  /** What a command's line is given to. */
  public List<String> shell() {
    List<String> own = texts("Shell");
    return own.isEmpty() ? SHELL : own;
  }

  public void cmd(Instruction.Command command) {
    config.add("Cmd", array(words(command)));
  }

  public void removeCmd() {
    config.remove("Cmd");
  }

  public void entrypoint(Instruction.Command command) {
    config.add("Entrypoint", array(words(command)));
  }

  /** The words to execute: those of the exec form, or the shell's and the line. */
  public List<String> words(Instruction.Command command) {
    if (!command.shell() || command.words().isEmpty()) {
      return command.words();
    }
    List<String> words = new ArrayList<>(shell());
    words.addAll(command.words());
    return words;
  }

  /** Sets what follows the word HEALTHCHECK. */
  public void healthCheck(String text) {
    config.add("Healthcheck", HealthcheckInstruction.parse(text));
  }

  /** Adds an instruction for images that are built on this one. */
  public void onBuild(String trigger) {
    list("OnBuild").add(trigger);
  }

  /** Takes the triggers out: they are run once, not by grandchildren. */
  public List<String> takeOnBuild() {
    List<String> triggers = texts("OnBuild");
    config.remove("OnBuild");
    return triggers;
  }

  private String text(String field) {
    JsonElement value = config.get(field);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  private List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    JsonElement value = config.get(field);
    if (value != null && value.isJsonArray()) {
      value.getAsJsonArray().forEach(e -> texts.add(e.getAsString()));
    }
    return texts;
  }

  private JsonObject object(String field) {
    if (!config.has(field) || config.get(field).isJsonNull()) {
      config.add(field, new JsonObject());
    }
    return config.getAsJsonObject(field);
  }

  private JsonArray list(String field) {
    if (!config.has(field) || config.get(field).isJsonNull()) {
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
