package io.jdocker.network.state;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.jdocker.network.Cidr;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import io.jdocker.network.MacAddress;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Port;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How the module's values are written in JSON: as people write them, one text each. */
public final class Json {
  private Json() {}

  /** A new one; pretty, as people read it. */
  public static Gson create() {
    return new GsonBuilder()
        .setPrettyPrinting()
        .disableHtmlEscaping()
        .registerTypeAdapter(Ipv4.class, text(Ipv4::toString, Ipv4::of))
        .registerTypeAdapter(Ipv6.class, text(Ipv6::toString, Ipv6::of))
        .registerTypeAdapter(Cidr6.class, text(Cidr6::toString, Cidr6::of))
        .registerTypeAdapter(Cidr.class, text(Cidr::toString, Cidr::of))
        .registerTypeAdapter(
            MacAddress.class, text(MacAddress::toString, t -> MacAddress.parse(t).orElseThrow()))
        .registerTypeAdapter(Port.class, text(Port::toString, t -> Port.parse(t).orElseThrow()))
        .registerTypeAdapter(Instant.class, text(Instant::toString, Instant::parse))
        .registerTypeHierarchyAdapter(Path.class, text(Path::toString, t -> Path.of(t)))
        .registerTypeHierarchyAdapter(
            NetworkMode.class, text(NetworkMode::text, NetworkMode::parse))
        .registerTypeAdapterFactory(new OptionalFactory())
        .create();
  }

  private static <T> TypeAdapter<T> text(Function<T, String> write, Function<String, T> read) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(write.apply(value));
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return read.apply(in.nextString());
      }
    };
  }

  /** An empty Optional is null in the file. */
  private static final class OptionalFactory implements TypeAdapterFactory {
    @Override
    @SuppressWarnings("unchecked") // T is Optional<E>: checked by the raw type
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (type.getRawType() != Optional.class) {
        return null;
      }
      ParameterizedType optional = (ParameterizedType) type.getType();
      TypeAdapter<?> element = gson.getAdapter(TypeToken.get(optional.getActualTypeArguments()[0]));
      return (TypeAdapter<T>) new OptionalAdapter<>(element);
    }
  }

  private static final class OptionalAdapter<E> extends TypeAdapter<Optional<E>> {
    private final TypeAdapter<E> element;

    OptionalAdapter(TypeAdapter<E> element) {
      this.element = element;
    }

    @Override
    public void write(JsonWriter out, Optional<E> value) throws IOException {
      if (value.isPresent()) {
        element.write(out, value.get());
      } else {
        // Kept even where nulls are left out: a record's component must be there to be read.
        boolean nulls = out.getSerializeNulls();
        out.setSerializeNulls(true);
        out.nullValue();
        out.setSerializeNulls(nulls);
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
