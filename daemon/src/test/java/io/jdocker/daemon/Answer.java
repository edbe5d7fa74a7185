package io.jdocker.daemon;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client got.
 *
 * @param body as it came, with the sizes of chunks where it is chunked
 */
public record Answer(int status, String head, String body) {
  public JsonObject object() {
    return JsonParser.parseString(body).getAsJsonObject();
  }

  public JsonArray array() {
    return JsonParser.parseString(body).getAsJsonArray();
  }

  /** The text of an error. */
  public String message() {
    return object().get("message").getAsString();
  }

  /** One key of every element, in the order they came in. */
  public List<String> each(String key) {
    List<String> values = new ArrayList<>();
    array().forEach(element -> values.add(element.getAsJsonObject().get(key).getAsString()));
    return values;
  }
}
