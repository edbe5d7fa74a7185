package io.jdocker.daemon.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes the entries of a map in the order of their keys, as Go's encoder does. */
final class SortedMaps implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (!Map.class.isAssignableFrom(type.getRawType())) {
      return null;
    }
    TypeAdapter<T> any = gson.getDelegateAdapter(this, type);
    return new TypeAdapter<>() {
      @Override
      @SuppressWarnings("unchecked") // a sorted copy of a map is a map as good as it
      public void write(JsonWriter out, T map) throws IOException {
        any.write(out, map == null ? null : (T) new TreeMap<>((Map<String, ?>) map));
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return any.read(in);
      }
    };
  }
}
