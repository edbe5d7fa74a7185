package io.jdocker.daemon.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonIOException;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;

/** Reads and writes documents. Thread-safe; made once, as it learns the types it meets. */
public final class Json {
  private final Gson gson =
      new GsonBuilder()
          .registerTypeAdapterFactory(new RecordAdapterFactory())
          .registerTypeAdapterFactory(new OptionalAdapterFactory())
          .registerTypeAdapterFactory(new ExactTypes())
          .registerTypeAdapterFactory(new SortedMaps())
          .registerTypeAdapter(Instant.class, new InstantAdapter())
          .registerTypeAdapter(Words.class, new WordsAdapter())
          .serializeNulls()
          .disableHtmlEscaping()
          .create();

  /** The document as compact JSON. */
  public String write(Object document) {
    return gson.toJson(document);
  }

  /** The document in which nothing is set: what {@code {}} is read as. */
  public <T> T zero(Class<T> type) {
    return read("{}", type);
  }

  /**
   * Reads one document.
   *
   * @throws com.google.gson.JsonParseException naming what is wrong, and where
   */
  public <T> T read(String text, Class<T> type) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      T document = gson.getAdapter(type).read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonSyntaxException("unexpected content after JSON");
      }
      return document;
    } catch (IOException | IllegalStateException | NumberFormatException | JsonSyntaxException e) {
      // What follows on a second line is gson's advice to its programmers.
      throw new JsonSyntaxException(e.getMessage().lines().findFirst().orElse(""), e);
    } catch (StackOverflowError e) {
      throw new JsonIOException("nested too deeply", e);
    }
  }
}
