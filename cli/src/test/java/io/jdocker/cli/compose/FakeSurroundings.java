package io.jdocker.cli.compose;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.FakeEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What containers of a fake project need: its images, networks and volumes. */
record FakeSurroundings(
    Map<String, JsonObject> networks,
    Map<String, JsonObject> volumes,
    Set<String> images,
    List<String> journal) {

  void serve(String method, String[] path, Map<String, String> query, String body, OutputStream out)
      throws IOException {
    if (path[0].equals("images")) {
      image(method, path, query, out);
      return;
    }
    boolean isNetwork = path[0].equals("networks");
    Map<String, JsonObject> all = isNetwork ? networks : volumes;
    if (path.length == 1) {
      list(isNetwork, all, query.getOrDefault("filters", ""), out);
    } else if (path[1].equals("create")) {
      JsonObject document = JsonParser.parseString(body).getAsJsonObject();
      String name = document.get("Name").getAsString();
      document.addProperty("Id", "id-of-" + name);
      all.put(name, document);
      journal.add("create " + (isNetwork ? "network " : "volume ") + name);
      FakeEngine.reply(out, 201, document.toString());
    } else {
      named(method, isNetwork ? "network" : "volume", all, path[1], out);
    }
  }

  private static void list(
      boolean isNetwork, Map<String, JsonObject> all, String filters, OutputStream out)
      throws IOException {
    JsonArray list = new JsonArray();
    for (JsonObject object : all.values()) {
      JsonObject labels = object.getAsJsonObject("Labels");
      if (labels.has("com.docker.compose.project")
          && filters.contains(
              "project=" + labels.get("com.docker.compose.project").getAsString() + "\"")) {
        list.add(object);
      }
    }
    FakeEngine.reply(out, 200, isNetwork ? list.toString() : "{\"Volumes\":" + list + "}");
  }

  private void named(
      String method, String kind, Map<String, JsonObject> all, String given, OutputStream out)
      throws IOException {
    String name = given.replaceFirst("^id-of-", "");
    if (!all.containsKey(name)) {
      FakeEngine.reply(out, 404, "{\"message\":\"no such " + kind + ": " + name + "\"}");
    } else if (method.equals("DELETE")) {
      all.remove(name);
      journal.add("remove " + kind + " " + name);
      FakeEngine.reply(out, 200, "{}");
    } else {
      FakeEngine.reply(out, 200, all.get(name).toString());
    }
  }

  private void image(String method, String[] path, Map<String, String> query, OutputStream out)
      throws IOException {
    String name = String.join("/", List.of(path).subList(1, path.length)).replaceAll("/json$", "");
    if (name.equals("create")) {
      String pulled = query.get("fromImage").replaceFirst(".*/", "") + ":" + query.get("tag");
      journal.add("pull " + pulled);
      images.add(pulled);
      FakeEngine.reply(out, 200, "{\"status\":\"done\"}\n");
    } else if (!images.contains(name)) {
      FakeEngine.reply(out, 404, "{\"message\":\"No such image: " + name + "\"}");
    } else if (method.equals("DELETE")) {
      images.remove(name);
      journal.add("remove image " + name);
      FakeEngine.reply(out, 200, "[]");
    } else {
      FakeEngine.reply(out, 200, "{\"Id\":\"sha256:" + name + "\"}");
    }
  }
}
