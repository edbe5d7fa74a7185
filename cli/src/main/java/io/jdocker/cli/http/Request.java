package io.jdocker.cli.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An HTTP/1.1 request.
 *
 * @param target path and query, encoded
 * @param upgrade true to ask for a raw stream after the answer ({@code Upgrade: tcp})
 * @param fields further fields of the head
 */
public record Request(
    String method,
    String target,
    String contentType,
    Body body,
    boolean upgrade,
    Map<String, String> fields) {

  /** Without further fields. */
  public Request(String method, String target, String contentType, Body body, boolean upgrade) {
    this(method, target, contentType, body, upgrade, Map.of());
  }

  public Request {
    fields = Map.copyOf(fields);
    fields.forEach(Request::requireOneLine);
  }

  /** A line break in a value would begin a field, or a request, of somebody else's making. */
  private static void requireOneLine(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " has more than one line");
    }
  }

  /** What is sent after the head. */
  public sealed interface Body permits None, Text, Stream {}

  /** No content. */
  public record None() implements Body {}

  /** Content that is at hand. */
  public record Text(String text) implements Body {}

  /** Content of unknown length, sent in chunks. */
  public record Stream(Source source) implements Body {}

  /** Writes the content. */
  public interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  static Request plain(String method, String target) {
    return new Request(method, target, "", new None(), false);
  }

  static Request json(String method, String target, String json) {
    return new Request(method, target, "application/json", new Text(json), false);
  }

  void writeTo(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: api.jdocker.localhost\r\nUser-Agent: jdocker\r\n");
    if (upgrade) {
      head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
    }
    fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (!contentType.isEmpty()) {
      head.append("Content-Type: ").append(contentType).append("\r\n");
    }
    if (body instanceof Text content) {
      byte[] bytes = content.text().getBytes(StandardCharsets.UTF_8);
      head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
      byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[start.length + bytes.length];
      System.arraycopy(start, 0, all, 0, start.length);
      System.arraycopy(bytes, 0, all, start.length, bytes.length);
      out.write(all);
    } else if (body instanceof Stream content) {
      head.append("Transfer-Encoding: chunked\r\n\r\n");
      out.write(head.toString().getBytes(StandardCharsets.UTF_8));
      ChunkedOutput chunks = new ChunkedOutput(out);
      content.source().writeTo(chunks);
      chunks.finish();
    } else {
      if (method.equals("POST")) {
        head.append("Content-Length: 0\r\n");
      }
      head.append("\r\n");
      out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }
}
