package io.jdocker.daemon.http;

import io.jdocker.daemon.json.Json;
import io.jdocker.linux.failure.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** One client's connection: its requests, one after another, on one thread. */
final class HttpConnection implements Runnable {
  private static final int BUFFER_BYTES = 4 << 10;

  private final ClientSocket client;
  private final HttpServer server;
  private final Json json;
  private final InputStream socket;
  private final AnswerWriter answers;
  private final SessionInputBufferImpl buffer;
  private final Http1Config config;
  private final DefaultHttpRequestParser parser;
  private final ClientWatch watch;

  /** {@link System#nanoTime} since when the connection waits for a request; 0 while it has one. */
  private volatile long idleSince = System.nanoTime();

  HttpConnection(ClientSocket client, HttpServer server, Json json) {
    this.client = client;
    this.server = server;
    this.json = json;
    this.socket = client.input();
    this.answers = new AnswerWriter(client.output(), server.commonHeaders());
    HttpLimits limits = server.limits();
    this.config =
        Http1Config.custom()
            .setMaxLineLength(limits.lineBytes())
            .setMaxHeaderCount(limits.headers())
            .build();
    this.buffer =
        new SessionInputBufferImpl(
            new BasicHttpTransportMetrics(), BUFFER_BYTES, 1, limits.lineBytes(), null);
    this.parser = new DefaultHttpRequestParser(config, new StrictHeaders(), null);
    this.watch = new ClientWatch(buffer, socket, server.threads());
  }

  @Override
  public void run() {
    try (client) {
      greet();
      boolean open = true;
      while (open && !server.isClosed() && awaitRequest()) {
        idleSince = 0;
        open = serve();
        idleSince = System.nanoTime();
      }
      client.end();
    } catch (IOException e) {
      // The client has left, or the server closes; what it asked for has ended with its handler.
      idleSince = 0;
    } finally {
      server.ended(this);
    }
  }

  /** Whoever is slow to agree on TLS is as slow as one who sends half a request. */
  private void greet() throws IOException {
    Future<?> deadline = server.closeLater(this);
    try {
      client.greet();
    } finally {
      deadline.cancel(false);
    }
  }

  /** Waits for a request's first byte; false when the client closes instead. */
  private boolean awaitRequest() throws IOException {
    watch.finish();
    return buffer.hasBufferedData() || buffer.fillBuffer(socket) > 0;
  }

  private boolean serve() throws IOException {
    Request request;
    Request.BodyLength length;
    Future<?> deadline = server.closeLater(this);
    HeadInput head = new HeadInput(socket);
    try {
      request = Request.of(parser.parse(buffer, head));
      if (head.ended()) {
        return false; // half a request is none: nobody waits for its answer
      }
      length = request.bodyLength();
    } catch (MessageConstraintException | RequestHeaderFieldsTooLargeException e) {
      return refuse(431, "request header fields too large");
    } catch (HttpException e) {
      return refuse(400, "malformed HTTP request: " + e.getMessage());
    } catch (EngineException e) {
      return refuse(Failures.of(e).status(), e.getMessage());
    } finally {
      deadline.cancel(false);
    }
    return answer(request, length);
  }

  private boolean answer(Request request, Request.BodyLength length) throws IOException {
    boolean expected = length.bytes() != 0 && request.headerHas("Expect", "100-continue");
    RequestBody body =
        new RequestBody(
            content(length),
            server.limits().documentBytes(),
            expected,
            answers::proceed,
            () -> server.closeLater(this));
    Exchange exchange = new Exchange(this, answers, request, body, json);
    try {
      server.router().dispatch(exchange);
    } catch (MalformedChunkCodingException e) {
      return !exchange.isAnswered() && refuse(400, "malformed chunked body");
    } catch (RuntimeException e) {
      if (exchange.isAnswered()) {
        return false;
      }
      exchange.fail(e);
    } finally {
      watch.forget();
    }
    return exchange.isComplete() && staysOpen(request);
  }

  private InputStream content(Request.BodyLength length) {
    if (length.chunked()) {
      return new ChunkedInputStream(buffer, socket, config);
    }
    return length.bytes() == 0
        ? InputStream.nullInputStream()
        : new ContentLengthInputStream(buffer, socket, length.bytes());
  }

  /** Answers a request whose end is unknown, and ends. */
  private boolean refuse(int status, String message) throws IOException {
    answers.refuse(status, json.write(Map.of("message", message)) + "\n");
    return false;
  }

  /** Answers 503 without having read a request: there are too many connections. */
  void refuseCrowd() {
    try (client) {
      greet();
      refuse(503, "too many connections; the limit is " + server.limits().connections());
      client.end();
    } catch (IOException e) {
      // The client has left before it was told; there is nobody else to tell.
      idleSince = 0;
    }
  }

  /** Whether another request may follow. */
  boolean staysOpen(Request request) {
    return request.keepsAlive() && !server.isClosed();
  }

  /** See {@link Exchange#whenClientLeaves}. */
  void watch(Runnable action) {
    watch.begin(action);
  }

  /** See {@link Exchange#alongside}. */
  void alongside(Runnable task) {
    server.threads().execute(task);
  }

  Hijack hijack() {
    return new Hijack(client, new IdentityInputStream(buffer, socket));
  }

  /** Since when it waits for a request ({@link System#nanoTime}); 0 when it does not. */
  long idleSince() {
    return idleSince;
  }

  /** Ends it, from any thread. */
  void close() {
    try {
      client.close();
    } catch (IOException e) {
      // Closed is what it was to be; the kernel has released the descriptor whatever it answered.
      idleSince = 0;
    }
  }
}
