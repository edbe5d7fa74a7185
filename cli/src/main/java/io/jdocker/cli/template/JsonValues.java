package io.jdocker.cli.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns JSON into template values and back. */
public final class JsonValues {
  /**
   * Objects of the API that are maps in Go, and so print as {@code map[k:v]}; all others are
   * structs.
   */
  private static final Set<String> MAPS =
      Set.of(
          "Annotations",
          "Attributes",
          "AuxiliaryAddresses",
          "Config",
          "Containers",
          "Data",
          "DriverOpts",
          "ExposedPorts",
          "Labels",
          "Networks",
          "Options",
          "PortBindings",
          "Ports",
          "Runtimes",
          "Status",
          "StorageOpt",
          "Sysctls",
          "Tmpfs",
          "Volumes");

  private static final Set<String> OMITTED_TEXTS = Set.of("StopSignal", "Variant");

  private static final Set<String> OMITTED_NILS =
      Set.of(
          "Annotations",
          "CheckpointDir",
          "Health",
          "Healthcheck",
          "Init",
          "Shell",
          "SizeRootFs",
          "SizeRw",
          "StorageOpt",
          "StopTimeout",
          "Sysctls",
          "Tmpfs",
          "UsageData");

  private JsonValues() {}

  /** An API document: its objects are structs, save those Go declares as maps. */
  public static Object document(JsonElement json) {
    return value(json, false);
  }

  /** Fields that are pointers in Go: a null of theirs is nil; any other is a nil slice or map. */
  private static final Set<String> POINTERS =
      Set.of(
          "CheckpointDir",
          "Error",
          "Health",
          "Healthcheck",
          "IPAMConfig",
          "Init",
          "MemorySwappiness",
          "OomKillDisable",
          "PidsLimit",
          "Platform",
          "SizeRootFs",
          "SizeRw",
          "StopTimeout",
          "UsageData");

  /** The field of a document's struct. */
  static Object field(String name, JsonElement json) {
    if (json.isJsonNull()) {
      return nil(name);
    }
    return value(json, MAPS.contains(name) && hasMapShape(name, json));
  }

  private static TypedNil nil(String name) {
    if (POINTERS.contains(name)) {
      return TypedNil.POINTER;
    }
    return MAPS.contains(name) ? TypedNil.MAP : TypedNil.SLICE;
  }

  /** What a field holds that the API leaves out when it is empty ({@code omitempty}). */
  static Optional<Object> omitted(String name) {
    if (OMITTED_TEXTS.contains(name)) {
      return Optional.of("");
    }
    return OMITTED_NILS.contains(name) ? Optional.of(nil(name)) : Optional.empty();
  }

  /** Config is a struct in a container or image and a map in a log configuration. */
  private static boolean hasMapShape(String name, JsonElement json) {
    return !name.equals("Config")
        || !json.isJsonObject()
        || !(json.getAsJsonObject().has("Cmd") || json.getAsJsonObject().has("Env"));
  }

  private static Object value(JsonElement json, boolean isMap) {
    if (json instanceof JsonObject object) {
      return isMap ? map(object) : new JsonStruct(object);
    }
    if (json instanceof JsonArray array) {
      List<Object> list = new ArrayList<>(array.size());
      for (JsonElement element : array) {
        list.add(value(element, false));
      }
      return list;
    }
    return json instanceof JsonPrimitive primitive ? scalar(primitive) : null;
  }

  private static Map<String, Object> map(JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      map.put(entry.getKey(), value(entry.getValue(), false));
    }
    return map;
  }

  /** A map's value; of a missing key Go's zero value: the empty text in a map of texts. */
  static Object entry(Map<?, ?> map, String key) {
    if (map.containsKey(key)) {
      return map.get(key);
    }
    return map.values().stream().allMatch(String.class::isInstance) ? "" : null;
  }

  private static Object scalar(JsonPrimitive primitive) {
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    if (primitive.isString()) {
      return primitive.getAsString();
    }
    String text = primitive.getAsString();
    boolean isWhole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    if (isWhole && text.length() < 19) {
      return Long.parseLong(text);
    }
    return isWhole ? primitive.getAsBigInteger() : (Object) primitive.getAsDouble();
  }

  /** The value as JSON. */
  static JsonElement toJson(Object value) {
    if (value == null || value instanceof TypedNil) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof Boolean bool) {
      return new JsonPrimitive(bool);
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof GoStruct struct) {
      return struct.toJson();
    }
    if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      for (Object element : list) {
        array.add(toJson(element));
      }
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        object.add(entry.getKey().toString(), toJson(entry.getValue()));
      }
      return object;
    }
    return new JsonPrimitive(value.toString());
  }
}
