package io.jdocker.runtime.container;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.jdocker.runtime.spec.NamespaceMode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Container records as JSON, to be read with cat(1). Thread-safe. */
final class RecordJson {
  private final Gson gson =
      new GsonBuilder()
          .registerTypeAdapter(Instant.class, text(Instant::toString, Instant::parse))
          .registerTypeAdapter(ContainerId.class, text(ContainerId::hex, ContainerId::new))
          .registerTypeAdapter(
              NamespaceMode.class,
              RecordJson.<NamespaceMode>text(mode -> mode.text("private"), NamespaceMode::read))
          .registerTypeAdapterFactory(new OptionalFactory())
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  byte[] write(ContainerRecord record) {
    return gson.toJson(record).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a record.
   *
   * @throws JsonParseException when it is not one; nothing of it is then to be trusted
   */
  ContainerRecord read(byte[] json) {
    ContainerRecord record;
    try {
      record = gson.fromJson(new String(json, StandardCharsets.UTF_8), ContainerRecord.class);
    } catch (JsonParseException e) {
      throw e;
    } catch (RuntimeException e) {
      // A record's own constructor refuses what is missing or wrong.
      throw new JsonParseException(e.getMessage(), e);
    }
    CompleteRecord.require(record);
    return record;
  }

  private static <T> TypeAdapter<T> text(Function<T, String> write, Function<String, T> read) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(value == null ? null : write.apply(value));
      }

      @Override
      public T read(JsonReader in) throws IOException {
        try {
          return read.apply(in.nextString());
        } catch (RuntimeException e) {
          throw new JsonParseException(e.getMessage(), e);
        }
      }
    };
  }

  /** An empty Optional is null. */
  private static final class OptionalFactory implements TypeAdapterFactory {
    @Override
    @SuppressWarnings("unchecked") // the raw type has just been looked at
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (type.getRawType() != Optional.class) {
        return null;
      }
      Type element = ((ParameterizedType) type.getType()).getActualTypeArguments()[0];
      return (TypeAdapter<T>) new OptionalAdapter<>(gson.getAdapter(TypeToken.get(element)));
    }
  }

  private static final class OptionalAdapter<E> extends TypeAdapter<Optional<E>> {
    private final TypeAdapter<E> element;

    OptionalAdapter(TypeAdapter<E> element) {
      this.element = element;
    }

    @Override
    public void write(JsonWriter out, Optional<E> value) throws IOException {
      if (value == null || value.isEmpty()) {
        // Written even though null members are left out: a record must get its Optional back.
        boolean serializeNulls = out.getSerializeNulls();
        out.setSerializeNulls(true);
        out.nullValue();
        out.setSerializeNulls(serializeNulls);
      } else {
        element.write(out, value.get());
      }
    }

    @Override
    public Optional<E> read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Optional.empty();
      }
      return Optional.of(element.read(in));
    }
  }
}
