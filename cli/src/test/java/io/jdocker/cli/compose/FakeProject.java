package io.jdocker.cli.compose;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A folder with a compose file and an engine in memory that keeps what it is told: containers,
 * images, networks and volumes. What changes it is written into a journal, by names in place of
 * ids.
 */
final class FakeProject implements Closeable {
  private static final String MARK = "com.docker.compose.";

  private final Path folder;
  private final FakeEngine engine;
  private final Map<String, JsonObject> containers = new LinkedHashMap<>();
  private final Map<String, JsonObject> networks = new LinkedHashMap<>();
  private final Map<String, JsonObject> volumes = new LinkedHashMap<>();
  private final Set<String> images = new LinkedHashSet<>();
  private final Map<String, JsonObject> created = new LinkedHashMap<>();
  private final List<String> journal = new ArrayList<>();
  private int last;

  private FakeProject(Path folder, FakeEngine engine) {
    this.folder = folder;
    this.engine = engine;
  }

  static FakeProject in(Path folder, String text) throws IOException {
    FakeProject project = new FakeProject(folder, FakeEngine.listen(folder));
    project.file(text);
    project.engine.converse("", project::serve);
    return project;
  }

  void file(String text) throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), text);
  }

  FakeEngine engine() {
    return engine;
  }

  Typed compose(String... words) {
    return typed("", Map.of(), words);
  }

  Typed typed(String input, Map<String, String> environment, String... words) {
    List<String> line =
        new ArrayList<>(List.of("-H", engine.url(), "compose", "-f", folder + "/compose.yaml"));
    line.addAll(List.of(words));
    return Typed.run(input, environment, line);
  }

  /** What was changed since the last call. */
  synchronized List<String> journal() {
    List<String> all = List.copyOf(journal);
    journal.clear();
    return all;
  }

  synchronized void images(String... names) {
    images.addAll(List.of(names));
  }

  synchronized void network(String name, String project) {
    networks.put(name, named(name, project));
  }

  synchronized void volume(String name, String project) {
    volumes.put(name, named(name, project));
  }

  private static JsonObject named(String name, String project) {
    JsonObject labels = new JsonObject();
    if (!project.isEmpty()) {
      labels.addProperty(MARK + "project", project);
    }
    JsonObject object = new JsonObject();
    object.addProperty("Name", name);
    object.addProperty("Id", "id-of-" + name);
    object.addProperty("Driver", "local");
    object.add("Labels", labels);
    return object;
  }

  /** Puts a container of a service there, which needs the services named. */
  synchronized JsonObject container(String service, int number, String state, String... needed) {
    List<String> needs = new ArrayList<>();
    for (String name : needed) {
      needs.add(name + ":service_started:false");
    }
    JsonObject labels = new JsonObject();
    labels.addProperty(MARK + "project", "shop");
    labels.addProperty(MARK + "service", service);
    labels.addProperty(MARK + "container-number", "" + number);
    labels.addProperty(MARK + "oneoff", "False");
    labels.addProperty(MARK + "depends_on", String.join(",", needs));
    return add("shop-" + service + "-" + number, service + ":1", state, labels);
  }

  private JsonObject add(String name, String image, String state, JsonObject labels) {
    String id = String.format(Locale.ROOT, "%012x%052d", ++last, 0);
    JsonObject listed = new JsonObject();
    listed.addProperty("Id", id);
    JsonArray names = new JsonArray();
    names.add("/" + name);
    listed.add("Names", names);
    listed.addProperty("Image", image);
    listed.addProperty("State", state);
    listed.addProperty("Command", "serve --quietly and for long");
    listed.addProperty("Status", state.equals("running") ? "Up 3 seconds (healthy)" : state);
    listed.add("Labels", labels);
    containers.put(id, listed);
    return listed;
  }

  /** The document that a container was made from. */
  synchronized JsonObject created(String name) {
    JsonObject document = created.get(name);
    if (document == null) {
      throw new AssertionError("not created: " + name + " among " + created.keySet());
    }
    return document;
  }

  /** {@code NAME STATE} of all containers. */
  synchronized List<String> states() {
    List<String> states = new ArrayList<>();
    for (JsonObject listed : containers.values()) {
      states.add(name(listed) + " " + listed.get("State").getAsString());
    }
    return states;
  }

  static String name(JsonObject listed) {
    return listed.getAsJsonArray("Names").get(0).getAsString().substring(1);
  }

  private synchronized void serve(FakeEngine.Asked asked, java.io.InputStream in, OutputStream out)
      throws IOException {
    String[] words = asked.line().split(" ", 2);
    String[] parts = words[1].split("\\?", 2);
    Map<String, String> query = query(parts.length > 1 ? parts[1] : "");
    String[] path = parts[0].substring(1).split("/", -1);
    if (!path[0].equals("containers")) {
      new FakeSurroundings(networks, volumes, images, journal)
          .serve(words[0], path, query, asked.body(), out);
    } else if (path[1].equals("json")) {
      list(query, out);
    } else if (path[1].equals("create")) {
      create(query.get("name"), asked.body(), out);
    } else {
      one(words[0], path, query, out);
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] sides = pair.split("=", 2);
      query.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private void list(Map<String, String> query, OutputStream out) throws IOException {
    String filters = query.getOrDefault("filters", "");
    JsonArray all = new JsonArray();
    for (JsonObject listed : containers.values()) {
      boolean isShown =
          query.containsKey("all") || listed.get("State").getAsString().equals("running");
      String project = listed.getAsJsonObject("Labels").get(MARK + "project").getAsString();
      boolean isMeant =
          !filters.contains("project=") || filters.contains("project=" + project + "\"");
      if (isShown && isMeant) {
        all.add(listed);
      }
    }
    FakeEngine.reply(out, 200, all.toString());
  }

  private void create(String name, String body, OutputStream out) throws IOException {
    JsonObject document = JsonParser.parseString(body).getAsJsonObject();
    journal.add("create " + name);
    created.put(name, document);
    JsonObject made =
        add(
            name,
            document.get("Image").getAsString(),
            "created",
            document.getAsJsonObject("Labels"));
    FakeEngine.reply(out, 201, "{\"Id\":\"" + made.get("Id").getAsString() + "\",\"Warnings\":[]}");
  }

  private void one(String method, String[] path, Map<String, String> query, OutputStream out)
      throws IOException {
    JsonObject listed = containers.get(path[1]);
    if (listed == null) {
      FakeEngine.reply(out, 404, "{\"message\":\"No such container: " + path[1] + "\"}");
      return;
    }
    String name = name(listed);
    if (method.equals("GET")) {
      FakeEngine.reply(out, 200, inspected(name, listed).toString());
      return;
    }
    String verb = method.equals("DELETE") ? "remove" : path[2];
    query.remove("force");
    journal.add(verb + " " + name + (query.isEmpty() ? "" : " " + query));
    switch (verb) {
      case "remove" -> containers.remove(path[1]);
      case "rename" -> {
        JsonArray names = new JsonArray();
        names.add("/" + query.get("name"));
        listed.add("Names", names);
      }
      case "start", "restart", "unpause" -> listed.addProperty("State", "running");
      case "pause" -> listed.addProperty("State", "paused");
      case "stop", "kill" -> listed.addProperty("State", "exited");
      default -> {
        // What changes no state.
      }
    }
    FakeEngine.reply(out, 200, verb.equals("wait") ? "{\"StatusCode\":7}" : "{}");
  }

  private static JsonObject inspected(String name, JsonObject listed) {
    JsonObject state = new JsonObject();
    state.add("Status", listed.get("State"));
    state.addProperty("ExitCode", listed.has("ExitCode") ? listed.get("ExitCode").getAsInt() : 0);
    if (listed.has("Health")) {
      JsonObject health = new JsonObject();
      health.add("Status", listed.get("Health"));
      state.add("Health", health);
    }
    JsonObject whole = new JsonObject();
    whole.add("Id", listed.get("Id"));
    whole.addProperty("Name", "/" + name);
    whole.addProperty("Image", "sha256:" + listed.get("Image").getAsString());
    whole.add("State", state);
    for (String member : List.of("Mounts", "NetworkSettings", "Titles", "Processes")) {
      if (listed.has(member)) {
        whole.add(member, listed.get(member));
      }
    }
    return whole;
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
