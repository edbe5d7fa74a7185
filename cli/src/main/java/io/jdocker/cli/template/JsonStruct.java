package io.jdocker.cli.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of the API seen as the Go struct it was made from. */
record JsonStruct(JsonObject object) implements GoStruct {

  /**
   * Looks the name up as it stands, then without regard to case: the Go field behind {@code Id} is
   * called {@code ID}, behind {@code HostIp} {@code HostIP}.
   */
  @Override
  public Optional<Object> field(String name, List<Object> arguments) {
    JsonElement exact = object.get(name);
    if (exact != null) {
      return Optional.of(Nil.wrap(JsonValues.field(name, exact)));
    }
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return Optional.of(Nil.wrap(JsonValues.field(entry.getKey(), entry.getValue())));
      }
    }
    return JsonValues.omitted(name);
  }

  @Override
  public List<Object> values() {
    List<Object> values = new ArrayList<>(object.size());
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      values.add(JsonValues.field(entry.getKey(), entry.getValue()));
    }
    return values;
  }

  @Override
  public JsonElement toJson() {
    return object;
  }

  @Override
  public boolean escapesHtml() {
    return false;
  }

  @Override
  public String missing(String name) {
    return "map has no entry for key \"" + name + "\"";
  }
}
