package io.jdocker.daemon.build;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.build.BuildInputs;
import io.jdocker.runtime.build.NamedContext;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What jdocker's own client sends before the context, where the classic API has no place for it:
 * four bytes of length, big-endian, and a JSON document.
 *
 * <pre>
 * {"secrets":  {"ID": "BASE64"},
 *  "agents":   {"ID": "/path/of/its.socket"},
 *  "contexts": {"NAME": {"folder": "contexts/0"} | {"image": "NAME"}},
 *  "contextFolder": "main"}
 * </pre>
 *
 * <p>In the body, not in the address or a header: neither is ever written to a log, but both are
 * often thought to be safe to.
 */
final class BuildPreamble {
  static final String TYPE = "application/vnd.jdocker.build";

  private static final int LARGEST = 16 << 20;

  private BuildPreamble() {}

  /** Reads it; what follows in the stream is the context. */
  static BuildInputs read(InputStream body) throws IOException {
    int length = new DataInputStream(body).readInt();
    if (length < 2 || length > LARGEST) {
      throw new InvalidArgument("error reading the build's inputs: " + length + " bytes");
    }
    byte[] text = body.readNBytes(length);
    try {
      JsonObject document =
          JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
      return new BuildInputs(
          map(document, "secrets", value -> Base64.getDecoder().decode(text(value))),
          map(document, "agents", value -> Path.of(text(value))),
          map(document, "contexts", BuildPreamble::context),
          document.has("contextFolder") ? text(document.get("contextFolder")) : "");
    } catch (ClassCastException
        | JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException e) {
      // Not its text: there are secrets in it.
      throw new InvalidArgument("error reading the build's inputs: no such JSON document");
    }
  }

  /** Gson would take a number, or a list of one text, for a text. */
  private static String text(JsonElement value) {
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new IllegalArgumentException("not a text");
    }
    return value.getAsString();
  }

  private static NamedContext context(JsonElement value) {
    JsonObject object = value.getAsJsonObject();
    return object.has("folder")
        ? new NamedContext.Tree(text(object.get("folder")))
        : new NamedContext.OfImage(text(object.get("image")));
  }

  private static <T> Map<String, T> map(
      JsonObject document, String name, Function<JsonElement, T> value) {
    Map<String, T> found = new LinkedHashMap<>();
    if (document.has(name)) {
      document
          .getAsJsonObject(name)
          .entrySet()
          .forEach(entry -> found.put(entry.getKey(), value.apply(entry.getValue())));
    }
    return found;
  }
}
