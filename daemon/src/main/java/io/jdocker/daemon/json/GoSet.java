package io.jdocker.daemon.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** A set as Go's programs write it ({@code map[string]struct{}}): an object of empty objects. */
public final class GoSet {
  private GoSet() {}

  /** The members in their order, as Go's encoder sorts the keys of a map. */
  public static Map<String, JsonElement> of(Collection<String> members) {
    Map<String, JsonElement> result = new TreeMap<>();
    members.forEach(member -> result.put(member, new JsonObject()));
    return result;
  }
}
