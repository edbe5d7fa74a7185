package io.jdocker.cli.template;

import java.util.List;
import java.util.Map;

/** What counts as true: anything but false, 0, nil and the empty string, list or map. */
final class Truth {
  private Truth() {}

  static boolean of(Object value) {
    if (value == null || value instanceof TypedNil) {
      return false;
    }
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    return !(value instanceof Map<?, ?> map) || !map.isEmpty();
  }
}
