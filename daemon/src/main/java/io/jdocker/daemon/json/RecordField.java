package io.jdocker.daemon.json;

import com.google.gson.JsonIOException;
import com.google.gson.TypeAdapter;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One component of a document: how it is named, got, read and written.
 *
 * @param zero its value when it was not sent; null for a record, whose components have theirs
 * @param omit left out when it has its zero value
 * @param embedded its components stand among its owner's
 */
record RecordField(
    String name,
    RecordComponent component,
    TypeAdapter<?> adapter,
    Object zero,
    boolean omit,
    boolean embedded) {

  static RecordField of(RecordComponent component, String name, TypeAdapter<?> adapter) {
    return new RecordField(
        name,
        component,
        adapter,
        zero(component.getType()),
        component.isAnnotationPresent(OmitEmpty.class),
        component.isAnnotationPresent(Embedded.class));
  }

  private static Object zero(Class<?> type) {
    if (type == int.class) {
      return 0;
    } else if (type == long.class) {
      return 0L;
    } else if (type == double.class) {
      return 0.0;
    } else if (type == boolean.class) {
      return false;
    } else if (type == String.class) {
      return "";
    } else if (type == List.class) {
      return List.of();
    } else if (type == Map.class) {
      return Map.of();
    } else if (type == Optional.class) {
      return Optional.empty();
    }
    return null;
  }

  /** The adapter of a component that is a record. */
  RecordAdapter<?> nested() {
    return (RecordAdapter<?>) adapter;
  }

  Object valueIn(Object document) {
    try {
      return component.getAccessor().invoke(document);
    } catch (ReflectiveOperationException e) {
      throw new JsonIOException("cannot read " + component, e);
    }
  }

  boolean isLeftOut(Object value) {
    return omit
        && (value == null
            || value.equals(zero)
            || (value instanceof Collection<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> map && map.isEmpty()));
  }
}
