package io.jdocker.daemon.metrics;

import io.jdocker.daemon.http.ChannelListener;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.HttpLimits;
import io.jdocker.daemon.http.HttpServer;
import io.jdocker.daemon.http.Router;
import io.jdocker.daemon.json.Json;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /metrics} on a port of its own: whoever may read figures need not be let in to the
 * API. Nothing is made where no port was asked for.
 */
public final class MetricsServer implements AutoCloseable {
  private static final HttpLimits LIMITS =
      new HttpLimits(8 << 10, 50, 0, 20, Duration.ofSeconds(10));

  private final Optional<HttpServer> server;
  private Optional<Activity> activity = Optional.empty();

  private MetricsServer(Optional<HttpServer> server) {
    this.server = server;
  }

  /**
   * Listens, where an address is given.
   *
   * @param engine waited for by the first who asks
   */
  public static MetricsServer start(
      Optional<InetSocketAddress> address, Supplier<Engine> engine, String version)
      throws IOException {
    if (address.isEmpty()) {
      return new MetricsServer(Optional.empty());
    }
    Lazy page = new Lazy(engine, version);
    Router router = new Router().add("GET", "/metrics", page::answer);
    HttpServer server =
        HttpServer.start(
            List.of(ChannelListener.tcp(address.get())), router, new Json(), LIMITS, Map.of());
    MetricsServer started = new MetricsServer(Optional.of(server));
    started.countWhenOpen(page);
    return started;
  }

  /** What happens is counted from the engine's opening on, not from the first question. */
  private void countWhenOpen(Lazy page) {
    Thread waiting =
        new Thread(
            () -> {
              Activity counting = page.activity();
              synchronized (this) {
                activity = Optional.of(counting);
              }
            },
            "metrics-start");
    waiting.setDaemon(true);
    waiting.start();
  }

  /** The page's parts, made with the engine. */
  private static final class Lazy {
    private final Supplier<Engine> engine;
    private final String version;
    private Activity activity;

    Lazy(Supplier<Engine> engine, String version) {
      this.engine = engine;
      this.version = version;
    }

    synchronized Activity activity() {
      if (activity == null) {
        activity = Activity.of(engine.get());
      }
      return activity;
    }

    void answer(Exchange exchange) throws IOException {
      exchange.document(
          200,
          "text/plain; version=0.0.4; charset=utf-8",
          new Page(engine.get(), activity(), version).text());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
    activity.ifPresent(Activity::stop);
  }
}
