package io.jdocker.runtime.stdio;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One record of a json-file log.
 *
 * @param text the output, with its newline where it ended a line
 * @param attributes sorted by name
 */
record LogRecord(String text, int stream, Instant time, Map<String, String> attributes) {

  /** Reads a record; empty where the line is none: torn by a crash, or not JSON at all. */
  static Optional<LogRecord> parse(byte[] line) {
    String json = new String(line, StandardCharsets.UTF_8);
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      String text = "";
      String stream = "stdout";
      Optional<Instant> time = Optional.empty();
      Map<String, String> attributes = new TreeMap<>();
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "log" -> text = reader.nextString();
          case "stream" -> stream = reader.nextString();
          case "time" -> time = Optional.of(Instant.parse(reader.nextString()));
          case "attrs" -> readAttributes(reader, attributes);
          default -> reader.skipValue();
        }
      }
      reader.endObject();
      int number = stream.equals("stderr") ? Chunk.STDERR : Chunk.STDOUT;
      String read = text;
      return time.map(at -> new LogRecord(read, number, at, attributes));
    } catch (IOException | JsonParseException | IllegalStateException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void readAttributes(JsonReader reader, Map<String, String> into)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      into.put(reader.nextName(), reader.nextString());
    }
    reader.endObject();
  }

  boolean endsLine() {
    return text.endsWith("\n");
  }

  /** The attributes as docker shows them, escaped as in a URL's query: {@code k=v,k2=v%2C2}. */
  String details() {
    return attributes.entrySet().stream()
        .map(e -> escape(e.getKey()) + "=" + escape(e.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String escape(String text) {
    // Go's QueryEscape and Java's differ in two characters.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
