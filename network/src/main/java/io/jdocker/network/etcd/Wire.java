package io.jdocker.network.etcd;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * How the gateway writes things: keys and values in base64, 64-bit numbers as text, what is zero or
 * empty left out (proto3's JSON form).
 */
final class Wire {
  private Wire() {}

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The end of the range of all keys that begin so: the prefix with its last byte one higher. */
  static byte[] endOf(String prefix) {
    byte[] end = prefix.getBytes(StandardCharsets.UTF_8);
    end[end.length - 1]++; // UTF-8 has no byte 0xff
    return end;
  }

  static JsonObject range(String prefix) {
    JsonObject request = new JsonObject();
    request.addProperty("key", base64(prefix));
    request.addProperty("range_end", base64(endOf(prefix)));
    return request;
  }

  static JsonObject put(String key, String value, long lease) {
    JsonObject request = new JsonObject();
    request.addProperty("key", base64(key));
    request.addProperty("value", base64(value));
    if (lease != 0) {
      request.addProperty("lease", Long.toString(lease));
    }
    return request;
  }

  /**
   * Reads one message.
   *
   * @throws IOException where it is none: whoever answered is not etcd
   */
  static JsonObject message(String text) throws IOException {
    try {
      JsonElement element = JsonParser.parseString(text);
      if (element.isJsonObject()) {
        return element.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new IOException("the answer is not JSON: " + brief(text), e);
    }
    throw new IOException("the answer is not a JSON object: " + brief(text));
  }

  private static String brief(String text) {
    int most = 80;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }

  static long number(JsonObject object, String name) throws IOException {
    JsonElement value = object.get(name);
    try {
      return value == null ? 0 : value.getAsLong();
    } catch (RuntimeException e) { // gson has a kind for every way to be no number
      throw new IOException(name + " is no number in the answer: " + brief(value.toString()), e);
    }
  }

  /** False where it is left out. */
  static boolean flag(JsonObject object, String name) throws IOException {
    JsonElement value = object.get(name);
    if (value == null) {
      return false;
    }
    if (!value.isJsonPrimitive()) {
      throw new IOException(name + " is no boolean in the answer: " + brief(value.toString()));
    }
    return value.getAsBoolean();
  }

  static JsonObject object(JsonObject parent, String name) throws IOException {
    JsonElement value = parent.get(name);
    if (value == null) {
      return new JsonObject();
    }
    if (!value.isJsonObject()) {
      throw new IOException(name + " is no object in the answer: " + brief(value.toString()));
    }
    return value.getAsJsonObject();
  }

  static List<JsonObject> objects(JsonObject parent, String name) throws IOException {
    JsonElement value = parent.get(name);
    List<JsonObject> objects = new ArrayList<>();
    if (value == null) {
      return objects;
    }
    if (!value.isJsonArray()) {
      throw new IOException(name + " is no list in the answer: " + brief(value.toString()));
    }
    for (JsonElement element : value.getAsJsonArray()) {
      if (!element.isJsonObject()) {
        throw new IOException(name + " has no object in the answer: " + brief(value.toString()));
      }
      objects.add(element.getAsJsonObject());
    }
    return objects;
  }

  static KeyValue entry(JsonObject kv) throws IOException {
    return new KeyValue(
        text(kv, "key"), text(kv, "value"), number(kv, "mod_revision"), number(kv, "lease"));
  }

  /** Bytes that are no UTF-8 become U+FFFD: who reads the value refuses it. */
  private static String text(JsonObject object, String name) throws IOException {
    JsonElement value = object.get(name);
    if (value == null) {
      return "";
    }
    try {
      return new String(Base64.getDecoder().decode(value.getAsString()), StandardCharsets.UTF_8);
    } catch (RuntimeException e) { // no text, or no base64
      throw new IOException(name + " is not base64 in the answer: " + brief(value.toString()), e);
    }
  }

  static long revision(JsonObject message) throws IOException {
    return number(object(message, "header"), "revision");
  }

  /**
   * What one message of a watch tells. Its header has the store's revision of now, which may be
   * later than that of its events, with more of them to come: each event's own revision counts.
   */
  static List<Change> changes(JsonObject result) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (JsonObject event : objects(result, "events")) {
      KeyValue entry = entry(object(event, "kv"));
      JsonElement type = event.get("type");
      if (type != null && !type.isJsonPrimitive()) {
        throw new IOException("type is no text in the answer: " + brief(type.toString()));
      }
      boolean deleted = type != null && type.getAsString().equals("DELETE");
      changes.add(
          deleted
              ? new Change.Deleted(entry.key(), entry.modRevision())
              : new Change.Put(entry, entry.modRevision()));
    }
    return changes;
  }
}
