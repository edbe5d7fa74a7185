package io.jdocker.cli.transcript;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.cli.FakeEngine;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Requests in one spelling: the parameters decoded and in the order of their names, the document's
 * members likewise; what is empty, 0, false or null is left out, as the API reads it the same.
 */
public final class Wire {
  private static final Set<String> MAPS =
      Set.of(
          "ExposedPorts", "Volumes", "Tmpfs", "PortBindings", "Labels", "Sysctls", "Annotations");

  private Wire() {}

  /**
   * What the engine was asked. Left out is what a client may do otherwise: look before it acts, or
   * before it fails, wait, and try what this engine has not (plugins, a swarm). What is done to
   * several objects is done in any order.
   */
  static List<String> requests(FakeEngine engine, int code) {
    List<String> all =
        engine.asked().stream()
            .map(Wire::text)
            .filter(request -> !request.matches("POST /containers/[^/]+/wait.*|GET /plugins/.*"))
            .toList();
    boolean acts = all.stream().anyMatch(request -> !request.startsWith("GET "));
    if (acts || code != 0) {
      return sorted(all.stream().filter(request -> !request.startsWith("GET ")).toList());
    }
    return all.stream().filter(all.size() > 1 ? r -> !r.equals("GET /info") : r -> true).toList();
  }

  private static List<String> sorted(List<String> requests) {
    boolean isOneVerb =
        requests.stream().map(Wire::verb).distinct().count() == 1 && requests.size() > 1;
    return isOneVerb ? requests.stream().sorted().toList() : requests;
  }

  private static String verb(String request) {
    return request.startsWith("DELETE")
        ? "DELETE"
        : request.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
  }

  private static String text(FakeEngine.Asked asked) {
    int mark = asked.line().indexOf('?');
    // By name or by id: the same container.
    String path = mark < 0 ? asked.line() : asked.line().substring(0, mark);
    String text = path.replaceFirst("/containers/[0-9a-f]{64}/", "/containers/web/");
    if (mark >= 0) {
      String[] parameters = asked.line().substring(mark + 1).split("&", -1);
      Arrays.sort(parameters);
      String separator = "?";
      for (String parameter : parameters) {
        if (!parameter.endsWith("=")) {
          text += separator + canonical(URLDecoder.decode(parameter, StandardCharsets.UTF_8));
          separator = "&";
        }
      }
    }
    String body = asked.body();
    return body.startsWith("{") ? text + " " + withoutEmpty(parse(body)) : text;
  }

  /** Filters are a document inside a parameter. */
  private static String canonical(String parameter) {
    int equals = parameter.indexOf('=');
    String value = parameter.substring(equals + 1);
    if (parameter.contains("=docker.io/library/")) {
      return parameter.replace("docker.io/library/", ""); // the same name, in full
    }
    return value.startsWith("{")
        ? parameter.substring(0, equals + 1) + withoutEmpty(parse(value))
        : parameter;
  }

  private static JsonElement parse(String body) {
    try {
      return JsonParser.parseString(body);
    } catch (JsonParseException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }

  /** The members in the order of their names; empty ones left out save in maps. */
  public static JsonElement withoutEmpty(JsonElement json) {
    return sorted(json, false);
  }

  private static JsonElement sorted(JsonElement json, boolean isMap) {
    if (json instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(element -> copy.add(sorted(element, false)));
      return copy;
    }
    if (!(json instanceof JsonObject object)) {
      return json;
    }
    Map<String, JsonElement> members = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      JsonElement value = sorted(entry.getValue(), MAPS.contains(entry.getKey()));
      if (entry.getKey().equals("Env") && value instanceof JsonArray variables) {
        value = inOrder(variables); // docker's own order differs from run to run
      }
      if (isMap || !isEmpty(value)) {
        members.put(entry.getKey(), value);
      }
    }
    JsonObject copy = new JsonObject();
    members.forEach(copy::add);
    return copy;
  }

  private static JsonArray inOrder(JsonArray texts) {
    JsonArray sorted = new JsonArray();
    texts.asList().stream().map(JsonElement::getAsString).sorted().forEach(sorted::add);
    return sorted;
  }

  private static boolean isEmpty(JsonElement value) {
    return switch (value.toString()) {
      case "null", "\"\"", "{}", "[]", "0", "false", "[0,0]", "-1", "{\"Name\":\"no\"}" -> true;
      default -> false;
    };
  }
}
