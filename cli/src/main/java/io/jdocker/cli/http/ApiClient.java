package io.jdocker.cli.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * The Docker Engine API over one endpoint. Keeps one idle connection for the next request. Not
 * thread-safe; a thread that waits beside another uses {@link #another()}.
 */
public final class ApiClient implements Closeable {
  private static final int NEWEST_MINOR = 51;
  private static final int OLDEST_MINOR = 24;

  private final Endpoint endpoint;
  private final String prefix;
  private final String announcedVersion;
  private Connection idle;

  private ApiClient(Endpoint endpoint, String announcedVersion, Connection idle) {
    this.endpoint = endpoint;
    this.announcedVersion = announcedVersion;
    this.prefix = "/v" + version(announcedVersion);
    this.idle = idle;
  }

  /**
   * Connects and agrees on a version: the newest both sides know.
   *
   * @throws IOException when nobody listens there
   */
  public static ApiClient connect(Endpoint endpoint) throws IOException {
    Connection connection = endpoint.connect();
    Request.plain("HEAD", "/_ping").writeTo(connection.out());
    Response answer = Response.read(connection, "HEAD");
    // An engine too old to announce a version speaks 1.24.
    return new ApiClient(endpoint, answer.field("Api-Version").orElse("1.24"), connection);
  }

  private static String version(String announced) {
    // What is no version is answered like an engine that announces none.
    int minor =
        announced.matches("1\\.\\d{1,4}") ? Integer.parseInt(announced.substring(2)) : OLDEST_MINOR;
    return "1." + Math.min(minor, NEWEST_MINOR);
  }

  /** The version spoken: {@code 1.51}. */
  public String apiVersion() {
    return prefix.substring(2);
  }

  /** True when the agreed version is at least 1.{@code minor}. */
  public boolean speaks(int minor) {
    return Integer.parseInt(apiVersion().substring(2)) >= minor;
  }

  /** A second client of the same engine, with connections of its own. */
  public ApiClient another() {
    return new ApiClient(endpoint, announcedVersion, null);
  }

  public JsonElement get(Query query) throws IOException {
    return exchange(Request.plain("GET", prefix + query));
  }

  public JsonElement post(Query query) throws IOException {
    return exchange(Request.plain("POST", prefix + query));
  }

  public JsonElement post(Query query, JsonElement body) throws IOException {
    return exchange(Request.json("POST", prefix + query, body.toString()));
  }

  public JsonElement delete(Query query) throws IOException {
    return exchange(Request.plain("DELETE", prefix + query));
  }

  /** Sends a stream in chunks; the answer's body is left to the caller, who closes it. */
  public Response upload(Query query, String contentType, Request.Source source)
      throws IOException {
    return send(
        new Request("POST", prefix + query, contentType, new Request.Stream(source), false));
  }

  /** Sends a stream in chunks by PUT. */
  public void put(Query query, String contentType, Request.Source source) throws IOException {
    exchange(new Request("PUT", prefix + query, contentType, new Request.Stream(source), false));
  }

  /** An answer whose body is left to the caller, who closes it. */
  public Response open(String method, Query query) throws IOException {
    return send(Request.plain(method, prefix + query));
  }

  /** As {@link #open(String, Query)}, with further fields in the head. */
  public Response open(String method, Query query, Map<String, String> fields) throws IOException {
    return send(new Request(method, prefix + query, "", new Request.None(), false, fields));
  }

  /** Asks outside the versioned API: the engine's own endpoints. The caller closes the answer. */
  public Response openUnversioned(String method, Query query) throws IOException {
    return send(Request.plain(method, query.toString()));
  }

  /** Turns the connection into a raw stream in both directions. The caller closes the answer. */
  public Response hijack(Query query, String json) throws IOException {
    Request.Body body = json.isEmpty() ? new Request.None() : new Request.Text(json);
    String type = json.isEmpty() ? "text/plain" : "application/json";
    return send(new Request("POST", prefix + query, type, body, true));
  }

  private JsonElement exchange(Request request) throws IOException {
    Response response = send(request);
    String text = response.text();
    if (response.isReusable()) {
      idle = response.connection();
    } else {
      response.close();
    }
    try {
      return text.isBlank() ? JsonNull.INSTANCE : JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new IOException("the engine's answer is no JSON document", e);
    }
  }

  private Response send(Request request) throws IOException {
    Response response = exchanged(request);
    if (response.status() >= 400) {
      try (response) {
        throw new ApiException(response.status(), message(response.status(), response.text()));
      }
    }
    return response;
  }

  private Response exchanged(Request request) throws IOException {
    Connection kept = idle;
    idle = null;
    if (kept == null) {
      return ask(endpoint.connect(), request);
    }
    try {
      return ask(kept, request);
    } catch (IOException e) {
      if (!request.method().equals("GET")) {
        throw e; // it may have been heard
      }
      // The engine closed the idle connection, as it may at any time: a question is asked again.
      return ask(endpoint.connect(), request);
    }
  }

  private static Response ask(Connection connection, Request request) throws IOException {
    IOException unsent = null;
    try {
      request.writeTo(connection.out());
    } catch (IOException e) {
      // The engine may refuse a long body before it has read all of it: its answer says why.
      unsent = e;
    }
    return answer(connection, request, unsent);
  }

  private static Response answer(Connection connection, Request request, IOException unsent)
      throws IOException {
    try {
      return Response.read(connection, request.method());
    } catch (IOException e) {
      connection.close();
      if (unsent != null) {
        unsent.addSuppressed(e);
        throw unsent;
      }
      throw e;
    }
  }

  private static String message(int status, String body) {
    try {
      JsonElement json = JsonParser.parseString(body);
      if (json.isJsonObject()
          && json.getAsJsonObject().get("message") instanceof JsonPrimitive message) {
        return message.getAsString().strip();
      }
    } catch (JsonParseException e) {
      return body.strip(); // an engine before 1.24, or a proxy: its plain text is the message
    }
    return body.isBlank() ? "request returned HTTP status " + status : body.strip();
  }

  @Override
  public void close() throws IOException {
    if (idle != null) {
      idle.close();
      idle = null;
    }
  }
}
