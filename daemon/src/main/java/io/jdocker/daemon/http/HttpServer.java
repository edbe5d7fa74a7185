package io.jdocker.daemon.http;

import io.jdocker.daemon.json.Json;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers clients. A connection has a thread of its own, taken from a pool; one more for as long as
 * {@link Exchange#whenClientLeaves} is in use. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  /** Our frames are few and small, and gson stops at 255 levels of nesting. */
  private static final long STACK_BYTES = 256 << 10;

  private static final Duration THREAD_LINGERS = Duration.ofSeconds(20);

  /** How long {@link #close} waits for answers that are being made. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** So long no connection is accepted after accept(2) failed: for EMFILE, not to burn a core. */
  private static final long ACCEPT_PAUSE_MILLIS = 100;

  private final List<Listener> listeners;
  private final Router router;
  private final HttpLimits limits;
  private final Map<String, String> commonHeaders;
  private final Json json;
  private final Connections connections;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor deadlines;
  private volatile boolean closed;

  private HttpServer(
      List<Listener> listeners,
      Router router,
      Json json,
      HttpLimits limits,
      Map<String, String> commonHeaders) {
    this.listeners = List.copyOf(listeners);
    this.router = router;
    this.json = json;
    this.limits = limits;
    this.commonHeaders = commonHeaders;
    this.connections = new Connections(limits.connections());
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            THREAD_LINGERS.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, "api"));
    this.deadlines = new ScheduledThreadPoolExecutor(1, task -> thread(task, "api-deadlines"));
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /**
   * Answers whoever comes in by the listeners from now on, and closes them with itself.
   *
   * @param commonHeaders are sent with every answer but a hijacked one
   */
  public static HttpServer start(
      List<Listener> listeners,
      Router router,
      Json json,
      HttpLimits limits,
      Map<String, String> commonHeaders) {
    HttpServer server = new HttpServer(listeners, router, json, limits, commonHeaders);
    listeners.forEach(each -> thread(() -> server.accept(each), "api-accept").start());
    return server;
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  private void accept(Listener listener) {
    while (!closed) {
      try {
        serve(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        pause();
      }
    }
  }

  private void serve(ClientSocket client) throws IOException {
    HttpConnection connection = new HttpConnection(client, this, json);
    try {
      if (connections.admit(connection)) {
        threads.execute(connection);
      } else {
        threads.execute(connection::refuseCrowd);
      }
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      // No further thread (pids limit, ulimit -u), or the server is closing: this client is turned
      // away, the others go on.
      connections.remove(connection);
      client.close();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ACCEPT_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the connection after {@link HttpLimits#requestTime} unless that is cancelled. */
  Future<?> closeLater(HttpConnection connection) {
    return deadlines.schedule(
        connection::close, limits.requestTime().toMillis(), TimeUnit.MILLISECONDS);
  }

  void ended(HttpConnection connection) {
    connections.remove(connection);
  }

  Router router() {
    return router;
  }

  HttpLimits limits() {
    return limits;
  }

  Map<String, String> commonHeaders() {
    return commonHeaders;
  }

  Executor threads() {
    return threads;
  }

  boolean isClosed() {
    return closed;
  }

  /** Closes the listeners, lets answers that are being made end for half a second, and ends. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    for (Listener listener : listeners) {
      listener.close();
    }
    connections.close(GRACE);
    threads.shutdown();
    deadlines.shutdownNow();
  }
}
