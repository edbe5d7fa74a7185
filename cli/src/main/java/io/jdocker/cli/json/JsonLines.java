package io.jdocker.cli.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A stream of objects one after another: progress, events, the answer of wait. */
public final class JsonLines {
  private final JsonReader reader;

  public JsonLines(InputStream in) {
    reader = new JsonReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    // Lenient: that is what lets a reader take more than one top-level value.
    reader.setStrictness(Strictness.LENIENT);
  }

  /** The next object; empty at the end of the stream. */
  public Optional<ApiObject> next() throws IOException {
    if (reader.peek() == JsonToken.END_DOCUMENT) {
      return Optional.empty();
    }
    JsonElement element = JsonParser.parseReader(reader);
    return Optional.of(ApiObject.of(element));
  }
}
