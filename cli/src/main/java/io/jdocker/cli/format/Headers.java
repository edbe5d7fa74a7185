package io.jdocker.cli.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.cli.template.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table's first line: the same template, filled with the columns' titles. */
record Headers(Map<String, String> titles) implements GoStruct {

  @Override
  public Optional<Object> field(String name, List<Object> arguments) {
    if (name.equals("Label") && arguments.size() == 1) {
      String key = arguments.get(0).toString();
      String last = key.substring(key.lastIndexOf('.') + 1);
      return Optional.of(last.replace('-', ' ').replace('_', ' '));
    }
    return Optional.of(titles.getOrDefault(name, "<no value>"));
  }

  @Override
  public List<Object> values() {
    return new ArrayList<>(titles.values());
  }

  @Override
  public JsonElement toJson() {
    JsonObject object = new JsonObject();
    titles.forEach(object::addProperty);
    return object;
  }

  @Override
  public boolean escapesHtml() {
    return true;
  }

  @Override
  public String missing(String name) {
    return "map has no entry for key \"" + name + "\"";
  }
}
