package io.jdocker.daemon.json;

import com.google.gson.JsonIOException;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A record as a JSON object. Read: names in any case, the last of equal ones wins, null and absent
 * give the zero value (0, false, "", the empty list, map or Optional), unknown names are skipped.
 * Written: each component in order.
 */
final class RecordAdapter<T> extends TypeAdapter<T> {
  /** One component: how it is named, got, read and written, and its zero value. */
  record Field(
      String name, RecordComponent component, TypeAdapter<?> adapter, Object zero, boolean omit) {
    static Field of(RecordComponent component, String name, TypeAdapter<?> adapter) {
      return new Field(
          name,
          component,
          adapter,
          zero(component.getType()),
          component.isAnnotationPresent(OmitEmpty.class));
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

    private Object valueIn(Object document) {
      try {
        return component.getAccessor().invoke(document);
      } catch (ReflectiveOperationException e) {
        throw new JsonIOException("cannot read " + component, e);
      }
    }

    private boolean isLeftOut(Object value) {
      return omit
          && (value == null
              || value.equals(zero)
              || (value instanceof Collection<?> list && list.isEmpty())
              || (value instanceof Map<?, ?> map && map.isEmpty()));
    }
  }

  private final List<Field> fields;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Constructor<?> constructor;

  RecordAdapter(Class<?> type, List<Field> fields) {
    this.fields = List.copyOf(fields);
    for (int i = 0; i < fields.size(); i++) {
      byName.put(fields.get(i).name().toLowerCase(Locale.ROOT), i);
    }
    try {
      Class<?>[] types =
          fields.stream().map(field -> field.component().getType()).toArray(Class<?>[]::new);
      constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new JsonIOException("no canonical constructor in " + type, e);
    }
  }

  @Override
  public T read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return null;
    }
    Object[] values = fields.stream().map(Field::zero).toArray();
    in.beginObject();
    while (in.hasNext()) {
      Integer index = byName.get(in.nextName().toLowerCase(Locale.ROOT));
      if (index == null) {
        in.skipValue();
      } else if (in.peek() == JsonToken.NULL) {
        in.nextNull();
      } else {
        values[index] = fields.get(index).adapter().read(in);
      }
    }
    in.endObject();
    return make(values);
  }

  private T make(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && fields.get(i).component().getType().isRecord()) {
        values[i] = empty(fields.get(i));
      }
    }
    try {
      @SuppressWarnings("unchecked") // the constructor is T's
      T document = (T) constructor.newInstance(values);
      return document;
    } catch (InvocationTargetException e) {
      throw new JsonParseException(e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new JsonIOException("cannot make " + constructor.getDeclaringClass(), e);
    }
  }

  /** A nested document that was not sent has the zero value in each of its components. */
  private static Object empty(Field field) {
    return field.adapter() instanceof RecordAdapter<?> nested
        ? nested.make(nested.fields.stream().map(Field::zero).toArray())
        : null;
  }

  @Override
  public void write(JsonWriter out, T document) throws IOException {
    if (document == null) {
      out.nullValue();
      return;
    }
    out.beginObject();
    for (Field field : fields) {
      Object value = field.valueIn(document);
      if (!field.isLeftOut(value)) {
        out.name(field.name());
        write(out, field.adapter(), value);
      }
    }
    out.endObject();
  }

  private static <V> void write(JsonWriter out, TypeAdapter<V> adapter, Object value)
      throws IOException {
    @SuppressWarnings("unchecked") // the component's adapter was made for the component's type
    V typed = (V) value;
    adapter.write(out, typed);
  }
}
