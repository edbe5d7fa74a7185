package io.jdocker.runtime.container;

import com.google.gson.JsonParseException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/**
 * Sees to it that nothing is null in what was read from a file: a member that somebody deleted
 * would otherwise come up as a NullPointerException much later. Thread-safe.
 */
final class CompleteRecord {
  private CompleteRecord() {}

  /**
   * Looks through a record and the records in it.
   *
   * @throws JsonParseException naming a member that is missing
   */
  static void require(Object value) {
    if (value == null) {
      throw new JsonParseException("it is empty");
    }
    require(value, "");
  }

  private static void require(Object value, String path) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String name = path + component.getName();
      Object member = read(component, value);
      if (member == null) {
        throw new JsonParseException(name + " is missing");
      }
      if (member instanceof Record) {
        require(member, name + ".");
      }
    }
  }

  private static Object read(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
