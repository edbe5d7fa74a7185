package io.jdocker.cli.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.jdocker.cli.template.GoStruct;
import io.jdocker.cli.template.TypedNil;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One line of a list: what a template may ask of it. Every field is text, as in docker's lists;
 * {@code Label "key"} is the one method.
 */
public final class Row implements GoStruct {
  private final String type;
  private final Map<String, String> fields = new TreeMap<>();
  private final Map<String, Instant> moments = new HashMap<>();
  private final Set<String> nils = new HashSet<>();
  private final Map<String, String> labels;

  /**
   * Makes an empty row.
   *
   * @param type the Go type an error names: {@code *formatter.ContainerContext}
   */
  public Row(String type, Map<String, String> labels) {
    this.type = type;
    this.labels = labels;
  }

  public Row with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  /** A moment, put into words only when a template asks: names of time zones take 20 ms to load. */
  public Row withMoment(String field, Instant moment) {
    moments.put(field, moment);
    return this;
  }

  /** A field whose value is nil. */
  public Row withNil(String field) {
    nils.add(field);
    return this;
  }

  @Override
  public Optional<Object> field(String name, List<Object> arguments) {
    boolean isField = fields.containsKey(name) || moments.containsKey(name) || nils.contains(name);
    if (isField && !arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "wrong number of args for " + name + ": want 0 got " + arguments.size());
    }
    if (name.equals("Label") && arguments.size() == 1) {
      return Optional.of(labels.getOrDefault(arguments.get(0).toString(), ""));
    }
    if (moments.containsKey(name)) {
      return Optional.of(Timestamps.local(moments.get(name)));
    }
    return nils.contains(name)
        ? Optional.of(TypedNil.POINTER)
        : Optional.ofNullable(fields.get(name));
  }

  @Override
  public List<Object> values() {
    return new ArrayList<>(fields.values());
  }

  @Override
  public JsonElement toJson() {
    Map<String, JsonElement> sorted = new TreeMap<>();
    fields.forEach((name, value) -> sorted.put(name, new JsonPrimitive(value)));
    moments.forEach(
        (name, moment) -> sorted.put(name, new JsonPrimitive(Timestamps.local(moment))));
    nils.forEach(name -> sorted.put(name, JsonNull.INSTANCE));
    JsonObject object = new JsonObject();
    sorted.forEach(object::add);
    return object;
  }

  @Override
  public boolean escapesHtml() {
    return true;
  }

  @Override
  public String missing(String name) {
    return "can't evaluate field " + name + " in type " + type;
  }
}
