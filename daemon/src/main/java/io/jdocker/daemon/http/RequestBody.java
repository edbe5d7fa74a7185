package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * A request's body. A client that sent {@code Expect: 100-continue} is told to go on at the first
 * read, and never when the request is refused before.
 */
final class RequestBody {
  /** What the handler left unread is read up to this size; beyond it the connection is closed. */
  private static final int DISCARD_BYTES = 256 << 10;

  /** Tells the client to send its body. */
  @FunctionalInterface
  interface Continue {
    void send() throws IOException;
  }

  private final InputStream content;
  private final int documentBytes;
  private final Continue proceed;
  private final Supplier<Future<?>> deadline;
  private boolean expected;
  private boolean ended;

  /**
   * Makes the body of one request.
   *
   * @param expected whether the client waits to be told to send it
   * @param deadline begins the time limit of a document; ended by cancelling it
   */
  RequestBody(
      InputStream content,
      int documentBytes,
      boolean expected,
      Continue proceed,
      Supplier<Future<?>> deadline) {
    this.content = content;
    this.documentBytes = documentBytes;
    this.expected = expected;
    this.proceed = proceed;
    this.deadline = deadline;
  }

  /** The whole body, of limited size. */
  byte[] document() throws IOException {
    Future<?> limit = deadline.get();
    try {
      byte[] bytes = stream().readNBytes(documentBytes + 1);
      if (bytes.length > documentBytes) {
        throw new InvalidArgument("request body is larger than " + documentBytes + " bytes");
      }
      return bytes;
    } finally {
      limit.cancel(false);
    }
  }

  /** The body as it arrives. Closing it does nothing: the connection is not the handler's. */
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return RequestBody.this.read(target, offset, length);
      }
    };
  }

  private int read(byte[] target, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    if (expected) {
      expected = false;
      proceed.send();
    }
    int count = content.read(target, offset, length);
    ended = count < 0;
    return count;
  }

  /** Reads what is left. True when the next byte on the connection is a new request's. */
  boolean discard() throws IOException {
    if (expected) {
      // The client may or may not send the body now: where the next request begins is unknown.
      return false;
    }
    if (ended) {
      return true;
    }
    Future<?> limit = deadline.get();
    try {
      byte[] buffer = new byte[8 << 10];
      int total = 0;
      while (!ended && total < DISCARD_BYTES) {
        total += Math.max(0, read(buffer, 0, buffer.length));
      }
      return ended;
    } finally {
      limit.cancel(false);
    }
  }
}
