package io.jdocker.cli.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The head of an HTTP answer and its body as a stream. Closing it closes the connection. */
public final class Response implements Closeable {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final int status;
  private final Map<String, String> fields;
  private final InputStream body;
  private final Connection connection;

  private Response(
      int status, Map<String, String> fields, InputStream body, Connection connection) {
    this.status = status;
    this.fields = fields;
    this.body = body;
    this.connection = connection;
  }

  /**
   * Reads the head of the answer to a request with the given method. What an engine or a proxy says
   * before it (100 Continue, 103 Early Hints) is passed over.
   */
  static Response read(Connection connection, String method) throws IOException {
    InputStream in = connection.in();
    int status = status(Lines.read(in));
    Map<String, String> fields = fields(in);
    while (status < 200 && status != SWITCHING_PROTOCOLS) {
      status = status(Lines.read(in));
      fields = fields(in);
    }
    return new Response(status, fields, body(in, method, status, fields), connection);
  }

  private static int status(String line) throws IOException {
    String number = line.length() < 12 ? "" : line.substring(9, 12);
    if (!line.startsWith("HTTP/1.") || !number.matches("[1-9]\\d\\d")) {
      throw new IOException("not an HTTP answer: " + line);
    }
    return Integer.parseInt(number);
  }

  private static Map<String, String> fields(InputStream in) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String field = Lines.read(in); !field.isEmpty(); field = Lines.read(in)) {
      int colon = field.indexOf(':');
      if (colon > 0) {
        fields.put(
            field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  private static InputStream body(
      InputStream in, String method, int status, Map<String, String> fields) throws IOException {
    if (method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED) {
      return InputStream.nullInputStream();
    }
    if (status == SWITCHING_PROTOCOLS) {
      return in;
    }
    if ("chunked".equalsIgnoreCase(fields.get("transfer-encoding"))) {
      return new ChunkedInput(in);
    }
    String length = fields.get("content-length");
    if (length == null) {
      return in;
    }
    if (!length.matches("\\d{1,18}")) {
      throw new IOException("malformed Content-Length: " + length);
    }
    return new BoundedInput(in, Long.parseLong(length));
  }

  public int status() {
    return status;
  }

  /** A field of the head, its name in any case. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
  }

  public InputStream body() {
    return body;
  }

  /** The whole body as text. */
  public String text() throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The connection below, for a hijacked stream. */
  public Connection connection() {
    return connection;
  }

  /** True when the connection can carry another request once the body was read. */
  boolean isReusable() {
    return status != SWITCHING_PROTOCOLS
        && !"close".equalsIgnoreCase(fields.get("connection"))
        && (fields.containsKey("content-length")
            || fields.containsKey("transfer-encoding")
            || status == NO_CONTENT
            || status == NOT_MODIFIED);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
