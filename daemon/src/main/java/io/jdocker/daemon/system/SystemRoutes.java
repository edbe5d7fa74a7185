package io.jdocker.daemon.system;

import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Router;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The endpoints about the engine itself. */
public final class SystemRoutes {
  private final Supplier<Engine> engine;
  private final Path root;
  private final String version;
  private final LiveSettings settings;
  private final Runnable stop;

  /**
   * Made before the engine is open.
   *
   * @param stop ends the daemon, and leaves containers running
   */
  public SystemRoutes(
      Supplier<Engine> engine, Path root, String version, LiveSettings settings, Runnable stop) {
    this.engine = engine;
    this.root = root;
    this.version = version;
    this.settings = settings;
    this.stop = stop;
  }

  record DaemonStatus(long pid, String root, String version) {}

  /** Adds them. */
  public void addTo(Router router) {
    router
        .add("GET", "/_ping", SystemRoutes::ping)
        .add("HEAD", "/_ping", SystemRoutes::ping)
        .add("GET", "/version", new VersionEndpoint(version))
        .add("GET", "/info", new InfoEndpoint(engine, version, settings))
        .add("GET", "/events", new EventsEndpoint(engine))
        .add("GET", "/system/df", new DiskUsageEndpoint(engine))
        .add("POST", "/jdocker/system/check", new CheckEndpoint(engine))
        .add("GET", "/jdocker/status", this::status)
        .add("POST", "/jdocker/shutdown", this::shutdown);
  }

  private static void ping(Exchange exchange) throws IOException {
    exchange.header("Builder-Version", "1");
    exchange.header("Swarm", "inactive");
    exchange.header("Cache-Control", "no-cache, no-store, must-revalidate");
    exchange.header("Pragma", "no-cache");
    exchange.text(200, "OK");
  }

  private void status(Exchange exchange) throws IOException {
    exchange.json(200, new DaemonStatus(ProcessHandle.current().pid(), root.toString(), version));
  }

  private void shutdown(Exchange exchange) throws IOException {
    exchange.empty(204);
    stop.run();
  }
}
