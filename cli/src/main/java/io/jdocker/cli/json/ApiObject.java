package io.jdocker.cli.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of the API, read with Go's leniency: what is missing or null is empty, 0 or false. */
public record ApiObject(JsonObject json) {

  /** The object in an answer; empty when the answer is none. */
  public static ApiObject of(JsonElement element) {
    return new ApiObject(
        element != null && element.isJsonObject() ? element.getAsJsonObject() : new JsonObject());
  }

  /** The objects of an array; none when it is null. */
  public static List<ApiObject> list(JsonElement element) {
    List<ApiObject> objects = new ArrayList<>();
    if (element instanceof JsonArray array) {
      for (JsonElement member : array) {
        objects.add(of(member));
      }
    }
    return objects;
  }

  public boolean has(String name) {
    JsonElement value = json.get(name);
    return value != null && !value.isJsonNull();
  }

  public String text(String name) {
    return has(name) && json.get(name).isJsonPrimitive() ? json.get(name).getAsString() : "";
  }

  public long number(String name) {
    return has(name) ? json.get(name).getAsLong() : 0;
  }

  public boolean isTrue(String name) {
    return has(name) && json.get(name).getAsBoolean();
  }

  public ApiObject object(String name) {
    return of(json.get(name));
  }

  public List<ApiObject> objects(String name) {
    return list(json.get(name));
  }

  /** An array of texts. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (json.get(name) instanceof JsonArray array) {
      for (JsonElement member : array) {
        texts.add(member.getAsString());
      }
    }
    return texts;
  }

  /** An array of arrays of texts; none when it is null, as Go writes an empty one. */
  public List<List<String>> rows(String name) {
    List<List<String>> rows = new ArrayList<>();
    if (json.get(name) instanceof JsonArray array) {
      for (JsonElement row : array) {
        List<String> cells = new ArrayList<>();
        row.getAsJsonArray().forEach(cell -> cells.add(cell.getAsString()));
        rows.add(cells);
      }
    }
    return rows;
  }

  /** A map of texts, in the document's order. */
  public Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : object(name).json().entrySet()) {
      map.put(entry.getKey(), entry.getValue().isJsonNull() ? "" : entry.getValue().getAsString());
    }
    return map;
  }

  /** The names of the members. */
  public List<String> names() {
    return new ArrayList<>(json.keySet());
  }
}
