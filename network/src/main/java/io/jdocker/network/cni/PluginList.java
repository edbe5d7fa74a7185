package io.jdocker.network.cni;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A network configuration list: the plugins that make a network, in order.
 *
 * @param version the version of the protocol they are to speak
 * @param plugins each with its {@code type}, the name of the program
 */
record PluginList(String name, String version, List<JsonObject> plugins) {
  private static final Set<String> VERSIONS = Set.of("0.3.0", "0.3.1", "0.4.0", "1.0.0");
  private static final List<String> SUFFIXES = List.of(".conflist", ".conf", ".json");

  PluginList {
    plugins = List.copyOf(plugins);
  }

  /**
   * Reads a list from a file.
   *
   * @param reference a path, or a name below the folder: that of a file without its end, or the one
   *     in a file
   */
  static PluginList load(Path folder, String reference) {
    Path file = reference.startsWith("/") ? Path.of(reference) : search(folder, reference);
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new NotFound("cannot read the CNI configuration " + file + ": " + e.getMessage(), e);
    }
  }

  private static Path search(Path folder, String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw new InvalidArgument("invalid CNI configuration \"" + name + "\": name one, or a path");
    }
    List<Path> files;
    try (Stream<Path> all = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      files = all.filter(f -> SUFFIXES.stream().anyMatch(f.toString()::endsWith)).sorted().toList();
    } catch (IOException e) {
      throw new NotFound("cannot look into " + folder + ": " + e.getMessage(), e);
    }
    for (Path file : files) {
      String own = file.getFileName().toString();
      if (own.substring(0, own.lastIndexOf('.')).equals(name) || isCalled(file, name)) {
        return file;
      }
    }
    throw new NotFound("no CNI configuration " + name + " in " + folder + ": give a path");
  }

  /** What cannot be read is another's trouble. */
  private static boolean isCalled(Path file, String name) {
    try {
      return parse(Files.readString(file), file.toString()).name().equals(name);
    } catch (IOException | InvalidArgument e) {
      return false;
    }
  }

  /** Reads a list, or a single plugin's configuration. */
  static PluginList parse(String text, String source) {
    JsonObject list;
    try {
      list = JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new InvalidArgument(source + " is no CNI configuration: " + e.getMessage(), e);
    }
    String version = text(list, "cniVersion", "0.2.0");
    if (!VERSIONS.contains(version)) {
      throw new InvalidArgument(
          source + " is written for CNI " + version + ": 0.3.0 to 1.0.0 are understood");
    }
    List<JsonObject> plugins = new ArrayList<>();
    if (list.has("plugins")) {
      JsonArray all =
          list.get("plugins").isJsonArray() ? list.getAsJsonArray("plugins") : new JsonArray();
      all.forEach(p -> plugins.add(p.isJsonObject() ? p.getAsJsonObject() : new JsonObject()));
    } else {
      plugins.add(list);
    }
    String name = text(list, "name", "");
    boolean typed =
        plugins.stream().allMatch(p -> text(p, "type", "").matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*"));
    if (name.isEmpty() || plugins.isEmpty() || !typed) {
      throw new InvalidArgument(
          source + " is no CNI configuration: it needs a name, and plugins with a type each");
    }
    return new PluginList(name, version, plugins);
  }

  private static String text(JsonObject object, String key, String otherwise) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : otherwise;
  }

  /** The program of a plugin. */
  static String type(JsonObject plugin) {
    return plugin.get("type").getAsString();
  }

  /** The whole list as text, to be read again. */
  String text() {
    JsonObject list = new JsonObject();
    list.addProperty("cniVersion", version);
    list.addProperty("name", name);
    JsonArray all = new JsonArray();
    plugins.forEach(all::add);
    list.add("plugins", all);
    return list.toString();
  }
}
