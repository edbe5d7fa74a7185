package io.jdocker.cli.format;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** The values of {@code --filter} as the API takes them: {@code {"label":{"a=b":true}}}. */
public final class Filters {
  private Filters() {}

  /** The query parameter; empty when there is no filter. */
  public static String json(List<String> texts) {
    if (texts.isEmpty()) {
      return "";
    }
    JsonObject filters = new JsonObject();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (!filters.has(name)) {
        filters.add(name, new JsonObject());
      }
      filters.getAsJsonObject(name).addProperty(text.substring(equals + 1).strip(), true);
    }
    return filters.toString();
  }
}
