package io.jdocker.cli.container.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code key=value} texts as a map; a key without a value has the empty one, the last one wins. */
public final class KeyValues {
  private KeyValues() {}

  public static Map<String, String> map(List<String> texts) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      map.put(
          equals < 0 ? text : text.substring(0, equals),
          equals < 0 ? "" : text.substring(equals + 1));
    }
    return map;
  }
}
