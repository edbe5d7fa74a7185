package io.jdocker.images;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object from outside, read with checks: an absent or null field is empty, one of a wrong
 * type an InvalidArgument that names document and field.
 *
 * @param name what to call it in an error
 */
public record JsonDocument(String name, JsonObject object) {

  /**
   * Reads an object.
   *
   * @throws InvalidArgument when the bytes are none
   */
  public static JsonDocument parse(String name, byte[] content) {
    return of(name, parseAny(name, content));
  }

  /** The objects of a document that is an array. */
  static List<JsonDocument> parseArray(String name, byte[] content) {
    return objects(name, parseAny(name, content));
  }

  private static JsonElement parseAny(String name, byte[] content) {
    try {
      return JsonParser.parseString(new String(content, StandardCharsets.UTF_8));
    } catch (JsonParseException | StackOverflowError e) {
      throw new InvalidArgument(name + " is not valid JSON", e);
    }
  }

  private static JsonDocument of(String name, JsonElement element) {
    if (!element.isJsonObject()) {
      throw new InvalidArgument(name + " is not a JSON object");
    }
    return new JsonDocument(name, element.getAsJsonObject());
  }

  private static List<JsonDocument> objects(String name, JsonElement element) {
    if (!element.isJsonArray()) {
      throw new InvalidArgument(name + " is not a JSON array");
    }
    List<JsonDocument> objects = new ArrayList<>();
    for (JsonElement item : element.getAsJsonArray()) {
      objects.add(of(name + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return find(field).isPresent();
  }

  private Optional<JsonElement> find(String field) {
    return Optional.ofNullable(object.get(field)).filter(e -> !e.isJsonNull());
  }

  /** The text, or an empty one. */
  public String text(String field) {
    return find(field).map(e -> asText(field, e)).orElse("");
  }

  /** The text, which must be there. */
  public String required(String field) {
    String text = text(field);
    if (text.isEmpty()) {
      throw new InvalidArgument(name + " has no " + field);
    }
    return text;
  }

  private String asText(String field, JsonElement element) {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw wrong(field, "a string");
    }
    return element.getAsString();
  }

  /** The truth value; false where absent. */
  public boolean flag(String field) {
    return find(field)
        .map(
            e -> {
              if (!e.isJsonPrimitive() || !e.getAsJsonPrimitive().isBoolean()) {
                throw wrong(field, "true or false");
              }
              return e.getAsBoolean();
            })
        .orElse(false);
  }

  /** The whole number. */
  public Optional<Long> number(String field) {
    return find(field)
        .map(
            e -> {
              if (!e.isJsonPrimitive() || !e.getAsJsonPrimitive().isNumber()) {
                throw wrong(field, "a whole number");
              }
              try {
                return e.getAsJsonPrimitive().getAsBigDecimal().longValueExact();
              } catch (ArithmeticException | NumberFormatException x) {
                throw wrong(field, "a whole number");
              }
            });
  }

  Optional<Integer> integer(String field) {
    return number(field)
        .map(
            number -> {
              if (number.intValue() != number) {
                throw wrong(field, "a number of 32 bits");
              }
              return number.intValue();
            });
  }

  /** RFC 3339 with any offset. */
  Optional<Instant> time(String field) {
    String text = text(field);
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw new InvalidArgument(name + ": " + field + " is not a time: " + text, e);
    }
  }

  /** The texts of an array. */
  public List<String> texts(String field) {
    JsonArray array = array(field);
    List<String> texts = new ArrayList<>();
    array.forEach(e -> texts.add(asText(field, e)));
    return List.copyOf(texts);
  }

  /** Go writes a set as an object with empty values; its keys in order. */
  List<String> keys(String field) {
    return document(field).map(d -> List.copyOf(d.object().keySet())).orElse(List.of());
  }

  /** An object's members, all texts, in its order. */
  public Map<String, String> map(String field) {
    Map<String, String> map = new LinkedHashMap<>();
    document(field).ifPresent(d -> d.object().keySet().forEach(key -> map.put(key, d.text(key))));
    return map;
  }

  /** The object in a field. */
  public Optional<JsonDocument> document(String field) {
    return find(field).map(e -> of(name + "." + field, e));
  }

  /** The objects of an array. */
  public List<JsonDocument> documents(String field) {
    return objects(name + "." + field, array(field));
  }

  private JsonArray array(String field) {
    JsonElement element = find(field).orElseGet(JsonArray::new);
    if (!element.isJsonArray()) {
      throw wrong(field, "an array");
    }
    return element.getAsJsonArray();
  }

  private InvalidArgument wrong(String field, String expected) {
    return new InvalidArgument(name + ": " + field + " is not " + expected);
  }
}
