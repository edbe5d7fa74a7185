package io.jdocker.daemon.http;

import io.jdocker.daemon.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server with routes of the test's own. */
final class HttpFixture implements AutoCloseable {
  static final HttpLimits LIMITS = new HttpLimits(4096, 20, 1000, 50, Duration.ofSeconds(20));

  private final Path socket;
  private final HttpServer server;

  HttpFixture(Path folder, Router router) throws IOException {
    this(folder, router, LIMITS);
  }

  HttpFixture(Path folder, Router router, HttpLimits limits) throws IOException {
    socket = folder.resolve("s");
    server =
        HttpServer.start(
            List.of(ChannelListener.unix(socket)),
            router,
            new Json(),
            limits,
            Map.of("Api-Version", "1.51"));
  }

  RawClient connect() throws IOException {
    return new RawClient(socket);
  }

  HttpServer server() {
    return server;
  }

  Path socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
