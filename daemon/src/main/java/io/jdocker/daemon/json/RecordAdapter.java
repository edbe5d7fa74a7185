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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A record as a JSON object. Read: names in any case, the last of equal ones wins, null and absent
 * give the zero value (0, false, "", the empty list, map or Optional), unknown names are skipped.
 * Written: each component in order.
 */
final class RecordAdapter<T> extends TypeAdapter<T> {
  private final List<RecordField> fields;

  /** The fields with those of embedded records in place of the latter. */
  private final List<RecordField> leaves = new ArrayList<>();

  private final Map<String, Integer> leafByName = new HashMap<>();
  private final Constructor<?> constructor;

  RecordAdapter(Class<?> type, List<RecordField> fields) {
    this.fields = List.copyOf(fields);
    for (RecordField field : fields) {
      leaves.addAll(field.embedded() ? field.nested().leaves : List.of(field));
    }
    for (int i = 0; i < leaves.size(); i++) {
      leafByName.put(leaves.get(i).name().toLowerCase(Locale.ROOT), i);
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
    Object[] values = leaves.stream().map(RecordField::zero).toArray();
    in.beginObject();
    while (in.hasNext()) {
      Integer leaf = leafByName.get(in.nextName().toLowerCase(Locale.ROOT));
      if (leaf == null) {
        in.skipValue();
      } else if (in.peek() == JsonToken.NULL) {
        in.nextNull();
      } else {
        values[leaf] = leaves.get(leaf).adapter().read(in);
      }
    }
    in.endObject();
    return make(Arrays.asList(values).iterator());
  }

  /** The document in which nothing is set. */
  T zero() {
    return make(leaves.stream().map(RecordField::zero).toList().iterator());
  }

  private T make(Iterator<?> values) {
    Object[] arguments = new Object[fields.size()];
    for (int i = 0; i < arguments.length; i++) {
      RecordField field = fields.get(i);
      arguments[i] = field.embedded() ? field.nested().make(values) : values.next();
      if (arguments[i] == null && field.adapter() instanceof RecordAdapter<?> nested) {
        arguments[i] = nested.zero();
      }
    }
    try {
      @SuppressWarnings("unchecked") // the constructor is T's
      T document = (T) constructor.newInstance(arguments);
      return document;
    } catch (InvocationTargetException e) {
      throw new JsonParseException(e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new JsonIOException("cannot make " + constructor.getDeclaringClass(), e);
    }
  }

  @Override
  public void write(JsonWriter out, T document) throws IOException {
    if (document == null) {
      out.nullValue();
      return;
    }
    out.beginObject();
    writeFields(out, document);
    out.endObject();
  }

  private void writeFields(JsonWriter out, Object document) throws IOException {
    for (RecordField field : fields) {
      Object value = field.valueIn(document);
      if (field.embedded()) {
        field.nested().writeFields(out, value);
      } else if (!field.isLeftOut(value)) {
        out.name(field.name());
        write(out, field.adapter(), value);
      }
    }
  }

  private static <V> void write(JsonWriter out, TypeAdapter<V> adapter, Object value)
      throws IOException {
    @SuppressWarnings("unchecked") // the component's adapter was made for the component's type
    V typed = (V) value;
    adapter.write(out, typed);
  }
}
