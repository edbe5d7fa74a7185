package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Writes answers: a small one with its head in a single write(2). */
final class AnswerWriter {
  private static final int BUFFER_BYTES = 4 << 10;
  private static final int CHUNK_BYTES = 8 << 10;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream channel;
  private final Map<String, String> common;
  private final SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(BUFFER_BYTES);
  private final DefaultHttpResponseWriter heads = new DefaultHttpResponseWriter();

  AnswerWriter(OutputStream channel, Map<String, String> common) {
    this.channel = channel;
    this.common = common;
  }

  /** Tells the client to send its body. */
  void proceed() throws IOException {
    buffer.write(CONTINUE, channel);
    buffer.flush(channel);
  }

  /** An answer of known length; without its content when the method was HEAD. */
  void whole(
      Request request, int status, Map<String, String> headers, byte[] content, boolean staysOpen)
      throws IOException {
    ClassicHttpResponse head = head(status, headers);
    if (status != 204 && status != 304) {
      head.setHeader("Content-Length", request.isHead() ? 0 : content.length);
    }
    if (!staysOpen) {
      head.setHeader("Connection", "close");
    }
    write(head);
    if (!request.isHead()) {
      buffer.write(content, channel);
    }
    buffer.flush(channel);
  }

  /** The answer to a request that could not be read; the connection ends with it. */
  void refuse(int status, String document) throws IOException {
    byte[] content = document.getBytes(StandardCharsets.UTF_8);
    ClassicHttpResponse head = head(status, Map.of("Content-Type", "application/json"));
    head.setHeader("Content-Length", content.length);
    head.setHeader("Connection", "close");
    write(head);
    buffer.write(content, channel);
    buffer.flush(channel);
  }

  /** The head of an answer of unknown length, sent at once. */
  ChunkedOutputStream chunked(int status, Map<String, String> headers) throws IOException {
    ClassicHttpResponse head = head(status, headers);
    head.setHeader("Transfer-Encoding", "chunked");
    write(head);
    buffer.flush(channel);
    return new ChunkedOutputStream(buffer, channel, CHUNK_BYTES);
  }

  /** The head that precedes a raw stream, byte for byte as Docker's: clients compare it. */
  void hijacked(boolean upgrade, String contentType) throws IOException {
    String head =
        upgrade
            ? "HTTP/1.1 101 UPGRADED\r\nContent-Type: "
                + contentType
                + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n\r\n";
    buffer.write(head.getBytes(StandardCharsets.US_ASCII), channel);
    buffer.flush(channel);
  }

  private ClassicHttpResponse head(int status, Map<String, String> headers) {
    ClassicHttpResponse head =
        new BasicClassicHttpResponse(status, EnglishReasonPhraseCatalog.INSTANCE, Locale.ENGLISH);
    common.forEach(head::setHeader);
    headers.forEach(head::setHeader);
    return head;
  }

  private void write(ClassicHttpResponse head) throws IOException {
    try {
      heads.write(head, buffer, channel);
    } catch (HttpException e) {
      throw new IOException("cannot write the head of an answer", e);
    }
  }
}
