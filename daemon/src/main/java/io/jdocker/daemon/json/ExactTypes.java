package io.jdocker.daemon.json;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * Texts, truths and numbers are taken as what they are, as in Go: gson reads {@code "yes"} as a
 * truth (false), {@code 7} as a text and {@code "10"} as a number.
 */
final class ExactTypes implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Optional<JsonToken> token = token(type.getRawType());
    // No adapter of ours means, to gson, the next factory's.
    return token.map(expected -> exact(gson.getDelegateAdapter(this, type), expected)).orElse(null);
  }

  private static Optional<JsonToken> token(Class<?> type) {
    if (type == String.class) {
      return Optional.of(JsonToken.STRING);
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of(JsonToken.BOOLEAN);
    }
    boolean isNumber =
        type == int.class || type == Integer.class || type == long.class || type == Long.class;
    return isNumber ? Optional.of(JsonToken.NUMBER) : Optional.empty();
  }

  private static <T> TypeAdapter<T> exact(TypeAdapter<T> delegate, JsonToken expected) {
    return new TypeAdapter<>() {
      @Override
      public T read(JsonReader in) throws IOException {
        JsonToken token = in.peek();
        if (token != expected && token != JsonToken.NULL) {
          throw new JsonSyntaxException(
              "Expected " + expected + " but was " + token + " at path " + in.getPath());
        }
        return delegate.read(in);
      }

      @Override
      public void write(JsonWriter out, T value) throws IOException {
        delegate.write(out, value);
      }
    };
  }
}
