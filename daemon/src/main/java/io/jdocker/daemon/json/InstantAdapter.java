package io.jdocker.daemon.json;

import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A point in time as {@link GoTime} has it. */
final class InstantAdapter extends TypeAdapter<Instant> {
  @Override
  public Instant read(JsonReader in) throws IOException {
    String text = in.nextString();
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new JsonSyntaxException("\"" + text + "\" is not a time as RFC 3339 has it", e);
    }
  }

  @Override
  public void write(JsonWriter out, Instant value) throws IOException {
    out.value(GoTime.format(value));
  }
}
