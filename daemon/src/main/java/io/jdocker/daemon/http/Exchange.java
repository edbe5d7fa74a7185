package io.jdocker.daemon.http;

import com.google.gson.JsonIOException;
import com.google.gson.JsonParseException;
import io.jdocker.daemon.json.Json;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request and its answer. The answer is one of: a whole document ({@link #json}, {@link #text},
 * {@link #empty}), a stream of chunks ({@link #stream}), or a hijacked connection ({@link
 * #hijack}). Used on the connection's thread, but for {@link #whenClientLeaves}.
 */
public final class Exchange {
  private static final String JSON = "application/json";

  private final HttpConnection connection;
  private final AnswerWriter answerWriter;
  private final Request request;
  private final RequestBody body;
  private final Json json;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String parameter = "";
  private ChunkedAnswer chunked;
  private boolean answered;
  private boolean hijacked;

  Exchange(
      HttpConnection connection,
      AnswerWriter answerWriter,
      Request request,
      RequestBody body,
      Json json) {
    this.connection = connection;
    this.answerWriter = answerWriter;
    this.request = request;
    this.body = body;
    this.json = json;
  }

  public Request request() {
    return request;
  }

  public Query query() {
    return request.query();
  }

  public ApiVersion version() {
    return request.version();
  }

  /** The part of the path that the route's braces stand for, decoded. */
  public String parameter() {
    return parameter;
  }

  void parameter(String value) {
    parameter = value;
  }

  /**
   * The JSON body as a document.
   *
   * @throws InvalidArgument when there is none, it is too large, of another type, or not JSON
   */
  public <T> T body(Class<T> type) throws IOException {
    byte[] bytes = body.document();
    if (bytes.length == 0) {
      throw new InvalidArgument("invalid JSON: got EOF while reading request body");
    }
    requireJson();
    return parse(bytes, type);
  }

  /** As {@link #body(Class)}; without a body, the document of an empty object. */
  public <T> T bodyOrDefaults(Class<T> type) throws IOException {
    byte[] bytes = body.document();
    if (bytes.length == 0) {
      return parse("{}".getBytes(StandardCharsets.UTF_8), type);
    }
    requireJson();
    return parse(bytes, type);
  }

  /** As {@link #bodyOrDefaults}, for what clients label as they please; null counts as none. */
  public <T> T bodyOfAnyType(Class<T> type) throws IOException {
    byte[] bytes = body.document();
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    return parse(
        text.isEmpty() || text.equals("null") ? "{}".getBytes(StandardCharsets.UTF_8) : bytes,
        type);
  }

  private void requireJson() {
    String type = request.header("Content-Type").orElse("");
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (!media.equals(JSON)) {
      throw new InvalidArgument("Content-Type specified (" + type + ") must be 'application/json'");
    }
  }

  private <T> T parse(byte[] bytes, Class<T> type) {
    try {
      return json.read(new String(bytes, StandardCharsets.UTF_8), type);
    } catch (JsonIOException e) {
      throw e;
    } catch (JsonParseException e) {
      throw new InvalidArgument("invalid JSON: " + e.getMessage(), e);
    }
  }

  /** The body as it arrives: a tar stream, say. Need not be read to its end. */
  public InputStream bodyStream() {
    return body.stream();
  }

  /** Adds a header to the answer; before the answer is begun. */
  public void header(String name, String value) {
    headers.put(name, value);
  }

  /** Answers with a document. */
  public void json(int status, Object document) throws IOException {
    whole(status, JSON, (json.write(document) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a text. */
  public void text(int status, String text) throws IOException {
    whole(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a text of another kind. */
  public void document(int status, String contentType, String text) throws IOException {
    whole(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers without a body: 204, 304, or 200 and 201 with length 0. */
  public void empty(int status) throws IOException {
    whole(status, "", new byte[0]);
  }

  private void whole(int status, String contentType, byte[] content) throws IOException {
    begin();
    if (!contentType.isEmpty()) {
      headers.put("Content-Type", contentType);
    }
    answerWriter.whole(request, status, headers, content, connection.staysOpen(request));
  }

  /** Answers with a body of unknown length; the headers are sent at once. */
  public ChunkedAnswer stream(int status, String contentType) throws IOException {
    begin();
    headers.put("Content-Type", contentType);
    chunked = new ChunkedAnswer(answerWriter.chunked(status, headers), json);
    return chunked;
  }

  /**
   * Turns the connection into a stream of bytes: 101 when the client asked for an upgrade, else 200
   * without a length. The connection ends with the handler's return.
   */
  public Hijack hijack(String contentType) throws IOException {
    begin();
    body.discard();
    answerWriter.hijacked(request.wantsUpgrade(), contentType);
    hijacked = true;
    return connection.hijack();
  }

  /**
   * Runs the action, on another thread, if the client closes the connection before the answer is
   * complete; what produces the answer ends then, even when it never writes. The request's body
   * must have been read. At most once an exchange.
   */
  public void whenClientLeaves(Runnable action) throws IOException {
    body.discard();
    connection.watch(action);
  }

  /** Runs a task on another thread of the server: the other direction of a hijacked connection. */
  public void alongside(Runnable task) {
    connection.alongside(task);
  }

  /** Whether an answer was begun, so that no other can follow. */
  boolean isAnswered() {
    return answered;
  }

  /** Whether the connection can carry another request behind this answer. */
  boolean isComplete() throws IOException {
    return answered && !hijacked && (chunked == null || chunked.hasEnded()) && body.discard();
  }

  private void begin() {
    if (answered) {
      throw new IllegalStateException("a second answer to " + request.path());
    }
    answered = true;
  }

  void fail(RuntimeException failure) throws IOException {
    Failures failed = Failures.of(failure);
    if (failed.status() == 304) {
      empty(304);
    } else {
      json(failed.status(), Map.of("message", failed.message()));
    }
  }
}
