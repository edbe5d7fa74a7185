package io.jdocker.cli.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.cli.template.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line of a list: what a template may ask of it. Every field is text, as in docker's lists;
 * {@code Label "key"} is the one method.
 */
public final class Row implements GoStruct {
  private final String type;
  private final Map<String, String> fields = new TreeMap<>();
  private final Map<String, String> labels;

  /**
   * Makes an empty row.
   *
   * @param type the Go type an error names: {@code *container.ContainerContext}
   */
  public Row(String type, Map<String, String> labels) {
    this.type = type;
    this.labels = labels;
  }

  public Row with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  @Override
  public Optional<Object> field(String name, List<Object> arguments) {
    if (name.equals("Label") && arguments.size() == 1) {
      return Optional.of(labels.getOrDefault(arguments.get(0).toString(), ""));
    }
    return Optional.ofNullable(fields.get(name));
  }

  @Override
  public List<Object> values() {
    return new ArrayList<>(fields.values());
  }

  @Override
  public JsonElement toJson() {
    JsonObject object = new JsonObject();
    fields.forEach(object::addProperty);
    return object;
  }

  @Override
  public String missing(String name) {
    return "can't evaluate field " + name + " in type " + type;
  }
}
