package io.jdocker.daemon.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/** {@code Optional<T>} for what Go has as a pointer: null or a T. */
final class OptionalAdapterFactory implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (type.getRawType() != Optional.class) {
      return null;
    }
    Type content =
        type.getType() instanceof ParameterizedType parameterized
            ? parameterized.getActualTypeArguments()[0]
            : Object.class;
    @SuppressWarnings("unchecked") // T is Optional<?>, as just tested
    TypeAdapter<T> adapter = (TypeAdapter<T>) adapter(gson.getAdapter(TypeToken.get(content)));
    return adapter;
  }

  private static <C> TypeAdapter<Optional<C>> adapter(TypeAdapter<C> content) {
    return new TypeAdapter<>() {
      @Override
      public Optional<C> read(JsonReader in) throws IOException {
        return Optional.ofNullable(content.read(in));
      }

      @Override
      public void write(JsonWriter out, Optional<C> value) throws IOException {
        if (value.isPresent()) {
          content.write(out, value.get());
        } else {
          out.nullValue();
        }
      }
    };
  }
}
