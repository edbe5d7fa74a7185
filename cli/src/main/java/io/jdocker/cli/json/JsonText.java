package io.jdocker.cli.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Iterator;
import java.util.Map;

/**
 * Prints a document as {@code docker inspect} does: four blanks a level, empty ones on one line.
 */
public final class JsonText {
  private static final int INDENT = 4;
  private static final String ESCAPED = "<>&\u2028\u2029";

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  public static String pretty(JsonElement element) {
    JsonText text = new JsonText();
    text.write(element, 0);
    return text.out.toString();
  }

  /** The document on one line. */
  public static String compact(JsonElement element) {
    return escaped(element.toString());
  }

  private void write(JsonElement element, int depth) {
    if (element instanceof JsonObject object && object.size() > 0) {
      members(object, depth + 1);
    } else if (element instanceof JsonArray array && !array.isEmpty()) {
      elements(array, depth + 1);
    } else if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      out.append(quoted(primitive));
    } else {
      out.append(element);
    }
  }

  private void members(JsonObject object, int depth) {
    out.append('{');
    Iterator<Map.Entry<String, JsonElement>> entries = object.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonElement> entry = entries.next();
      newLine(depth);
      out.append(quoted(new JsonPrimitive(entry.getKey()))).append(": ");
      write(entry.getValue(), depth);
      if (entries.hasNext()) {
        out.append(',');
      }
    }
    newLine(depth - 1);
    out.append('}');
  }

  private void elements(JsonArray array, int depth) {
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      newLine(depth);
      write(array.get(i), depth);
      if (i < array.size() - 1) {
        out.append(',');
      }
    }
    newLine(depth - 1);
    out.append(']');
  }

  private void newLine(int depth) {
    out.append('\n').append(" ".repeat(depth * INDENT));
  }

  /**
   * Go's encoder escapes what could end a script element, and inspect prints what the daemon sent.
   */
  private static String quoted(JsonPrimitive text) {
    return escaped(text.toString());
  }

  private static String escaped(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (ESCAPED.indexOf(c) >= 0) {
        escaped.append("\\u").append(String.format("%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
