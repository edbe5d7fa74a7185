package io.jdocker.cli.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Builds a request's document. What is empty, 0 or false is left out: the API reads it the same.
 */
public final class JsonBody {
  private final JsonObject object = new JsonObject();

  public JsonBody text(String name, String value) {
    if (!value.isEmpty()) {
      object.addProperty(name, value);
    }
    return this;
  }

  public JsonBody number(String name, long value) {
    if (value != 0) {
      object.addProperty(name, value);
    }
    return this;
  }

  public JsonBody flag(String name, boolean value) {
    if (value) {
      object.addProperty(name, true);
    }
    return this;
  }

  public JsonBody texts(String name, List<String> values) {
    if (!values.isEmpty()) {
      object.add(name, array(values));
    }
    return this;
  }

  public JsonBody map(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      JsonObject map = new JsonObject();
      values.forEach(map::addProperty);
      object.add(name, map);
    }
    return this;
  }

  /** Adds a member built elsewhere, unless it is an empty object or array. */
  public JsonBody member(String name, JsonElement value) {
    boolean isEmpty =
        (value instanceof JsonObject nested && nested.size() == 0)
            || (value instanceof JsonArray list && list.isEmpty());
    if (!isEmpty) {
      object.add(name, value);
    }
    return this;
  }

  /** Adds an array that says something by having nothing in it. */
  public JsonBody emptyList(String name) {
    object.add(name, new JsonArray());
    return this;
  }

  public JsonObject build() {
    return object;
  }

  /** An array of texts. */
  public static JsonArray array(List<String> values) {
    JsonArray array = new JsonArray();
    for (String value : values) {
      array.add(value);
    }
    return array;
  }
}
