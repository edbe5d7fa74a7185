package io.jdocker.cli.whole;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the engine has of a project, without what must differ from one making to the next: ids,
 * times, addresses, the names that two tools give in two ways.
 */
final class ProjectSnapshot {
  private static final String LABEL = "com.docker.compose.";

  private ProjectSnapshot() {}

  /** One line a fact, containers by service and number; {@code inspected} as inspect prints it. */
  static String of(String inspected) {
    Map<String, JsonObject> containers = new TreeMap<>();
    for (JsonElement element : JsonParser.parseString(inspected).getAsJsonArray()) {
      JsonObject labels =
          element.getAsJsonObject().getAsJsonObject("Config").getAsJsonObject("Labels");
      containers.put(
          labels.get(LABEL + "service").getAsString()
              + " "
              + labels.get(LABEL + "container-number").getAsString(),
          element.getAsJsonObject());
    }
    StringBuilder text = new StringBuilder();
    containers.forEach(
        (name, container) -> {
          facts(container)
              .forEach(
                  (key, value) ->
                      text.append(name)
                          .append(' ')
                          .append(key)
                          .append('=')
                          .append(value)
                          .append('\n'));
        });
    return text.toString();
  }

  private static Map<String, String> facts(JsonObject container) {
    Map<String, String> facts = new TreeMap<>();
    JsonObject state = container.getAsJsonObject("State");
    JsonObject config = container.getAsJsonObject("Config");
    JsonObject host = container.getAsJsonObject("HostConfig");
    facts.put("status", state.get("Status").getAsString());
    if (state.has("Health")) {
      facts.put("health", state.getAsJsonObject("Health").get("Status").getAsString());
    }
    for (String key : List.of("Image", "Cmd", "Entrypoint", "User", "WorkingDir", "Healthcheck")) {
      put(facts, config, key);
    }
    facts.put("Env", sorted(config.getAsJsonArray("Env")));
    facts.put("exposed", config.has("ExposedPorts") ? keys(config, "ExposedPorts") : "");
    put(facts, config, "StopTimeout");
    for (String key :
        List.of(
            "RestartPolicy",
            "CapAdd",
            "CapDrop",
            "ReadonlyRootfs",
            "Init",
            "ExtraHosts",
            "Ulimits",
            "Memory",
            "NanoCpus")) {
      put(facts, host, key);
    }
    facts.put("published", published(container));
    facts.put("mounts", mounts(container).toString());
    facts.put("networks", networks(container).toString());
    JsonObject labels = config.getAsJsonObject("Labels");
    labels.keySet().stream()
        .filter(name -> !name.startsWith(LABEL))
        .forEach(name -> facts.put("label " + name, labels.get(name).getAsString()));
    return facts;
  }

  /** Nothing, null and an empty list are the same. */
  private static void put(Map<String, String> facts, JsonObject object, String key) {
    JsonElement value = object.get(key);
    boolean isEmpty =
        value == null
            || value.isJsonNull()
            || (value.isJsonArray() && value.getAsJsonArray().isEmpty());
    facts.put(key, isEmpty ? "" : value.toString());
  }

  private static String keys(JsonObject object, String key) {
    return new TreeSet<>(object.getAsJsonObject(key).keySet()).toString();
  }

  private static String sorted(JsonArray texts) {
    TreeSet<String> sorted = new TreeSet<>();
    texts.forEach(text -> sorted.add(text.getAsString()));
    return sorted.toString();
  }

  private static String published(JsonObject container) {
    TreeSet<String> published = new TreeSet<>();
    JsonObject ports = container.getAsJsonObject("NetworkSettings").getAsJsonObject("Ports");
    for (String port : ports.keySet()) {
      if (ports.get(port).isJsonArray()) {
        for (JsonElement binding : ports.getAsJsonArray(port)) {
          published.add(port + " " + binding);
        }
      }
    }
    return published.toString();
  }

  private static List<String> mounts(JsonObject container) {
    List<String> mounts = new ArrayList<>();
    for (JsonElement element : container.getAsJsonArray("Mounts")) {
      JsonObject mount = element.getAsJsonObject();
      String type = mount.get("Type").getAsString();
      String source =
          type.equals("volume")
              ? mount.get("Name").getAsString()
              : mount.get("Source").getAsString();
      mounts.add(
          type
              + " "
              + source
              + " "
              + mount.get("Destination").getAsString()
              + " "
              + mount.get("RW").getAsString());
    }
    mounts.sort(null);
    return mounts;
  }

  /** Without aliases that are the container's id or name: one tool says the one, one the other. */
  private static Map<String, String> networks(JsonObject container) {
    Map<String, String> networks = new TreeMap<>();
    String id = container.get("Id").getAsString();
    String own = container.get("Name").getAsString().substring(1);
    JsonObject all = container.getAsJsonObject("NetworkSettings").getAsJsonObject("Networks");
    for (String name : all.keySet()) {
      JsonObject endpoint = all.getAsJsonObject(name);
      TreeSet<String> aliases = new TreeSet<>();
      if (endpoint.get("Aliases").isJsonArray()) {
        for (JsonElement alias : endpoint.getAsJsonArray("Aliases")) {
          if (!id.startsWith(alias.getAsString()) && !alias.getAsString().equals(own)) {
            aliases.add(alias.getAsString());
          }
        }
      }
      String address =
          endpoint.get("IPAMConfig").isJsonObject()
                  && endpoint.getAsJsonObject("IPAMConfig").has("IPv4Address")
              ? endpoint.getAsJsonObject("IPAMConfig").get("IPv4Address").getAsString()
              : "";
      networks.put(name, aliases + address);
    }
    return networks;
  }
}
