package io.jdocker.daemon.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records in Go's manner, by {@link RecordAdapter}. */
final class RecordAdapterFactory implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (!raw.isRecord() || raw == Words.class) {
      return null;
    }
    List<RecordField> fields = new ArrayList<>();
    for (RecordComponent component : raw.getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      TypeAdapter<?> adapter = gson.getAdapter(TypeToken.get(component.getGenericType()));
      fields.add(RecordField.of(component, name(component), adapter));
    }
    return new RecordAdapter<>(raw, fields);
  }

  private static String name(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key != null) {
      return key.value();
    }
    String own = component.getName();
    return own.substring(0, 1).toUpperCase(Locale.ROOT) + own.substring(1);
  }
}
