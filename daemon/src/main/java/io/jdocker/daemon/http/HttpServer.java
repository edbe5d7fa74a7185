package io.jdocker.daemon.http;

import io.jdocker.daemon.json.Json;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Listens on a unix socket. A connection has a thread of its own, taken from a pool; one more for
 * as long as {@link Exchange#whenClientLeaves} is in use. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** Our frames are few and small, and gson stops at 255 levels of nesting. */
  private static final long STACK_BYTES = 256 << 10;

  private static final Duration THREAD_LINGERS = Duration.ofSeconds(20);

  /** How long {@link #close} waits for answers that are being made. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** So long no connection is accepted after accept(2) failed: for EMFILE, not to burn a core. */
  private static final long ACCEPT_PAUSE_MILLIS = 100;

  private final Path socket;
  private final ServerSocketChannel listener;
  private final Router router;
  private final HttpLimits limits;
  private final Map<String, String> commonHeaders;
  private final Json json;
  private final Connections connections;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor deadlines;
  private volatile boolean closed;

  private HttpServer(
      Path socket,
      ServerSocketChannel listener,
      Router router,
      Json json,
      HttpLimits limits,
      Map<String, String> commonHeaders) {
    this.socket = socket;
    this.listener = listener;
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
   * Binds the socket and answers from now on. Replaces what is at its path, so the caller holds a
   * lock that makes it the only server there.
   *
   * @param commonHeaders are sent with every answer but a hijacked one
   * @throws IOException when the path is longer than 107 bytes (unix(7)) or cannot be made
   */
  public static HttpServer start(
      Path socket, Router router, Json json, HttpLimits limits, Map<String, String> commonHeaders)
      throws IOException {
    // bind(2) gives the mode that the umask leaves. Under its final name nobody ever sees the
    // socket with another mode than 0660.
    Path draft = socket.resolveSibling("." + socket.getFileName());
    Files.deleteIfExists(draft);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(draft), BACKLOG);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-rw----"));
      Files.move(draft, socket, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      listener.close();
      Files.deleteIfExists(draft);
      throw e;
    }
    HttpServer server = new HttpServer(socket, listener, router, json, limits, commonHeaders);
    thread(server::accept, "api-accept").start();
    return server;
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
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

  private void serve(SocketChannel channel) throws IOException {
    HttpConnection connection = new HttpConnection(channel, this, json);
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
      channel.close();
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

  /** Removes the socket, lets answers that are being made end for half a second, and ends. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    Files.deleteIfExists(socket);
    listener.close();
    connections.close(GRACE);
    threads.shutdown();
    deadlines.shutdownNow();
  }
}
