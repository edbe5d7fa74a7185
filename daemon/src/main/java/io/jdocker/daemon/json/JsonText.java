package io.jdocker.daemon.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/**
 * JSON of no fixed shape, read as strictly as Go does (RFC 8259): gson left to itself takes bare
 * words, comments and {@code True} for JSON.
 */
public final class JsonText {
  private JsonText() {}

  /**
   * Reads one value.
   *
   * @throws JsonParseException with one line that names what is wrong, and where
   */
  public static JsonElement parse(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonSyntaxException("unexpected content after JSON");
      }
      return element;
    } catch (IOException | IllegalStateException | JsonParseException e) {
      throw new JsonSyntaxException(reason(e), e);
    } catch (StackOverflowError e) {
      throw new JsonIOException("nested too deeply", e);
    }
  }

  /** Without the class of a cause, and without gson's advice to its programmers behind it. */
  private static String reason(Exception e) {
    Throwable first = e.getCause() == null ? e : e.getCause();
    String line = String.valueOf(first.getMessage()).lines().findFirst().orElse("");
    return line.replaceFirst("^Use JsonReader\\S* to accept ", "");
  }
}
