package io.jdocker.daemon;

import io.jdocker.daemon.config.DaemonOptions;
import io.jdocker.daemon.config.ListenAddress;
import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.http.ApiVersion;
import io.jdocker.daemon.http.HttpLimits;
import io.jdocker.daemon.http.HttpServer;
import io.jdocker.daemon.json.Json;
import io.jdocker.daemon.metrics.MetricsServer;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.signal.SignalProxy;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.linux.user.SubordinateIds;
import io.jdocker.network.Cidr;
import io.jdocker.network.overlay.ClusterOptions;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.EngineOptions;
import io.jdocker.runtime.RootLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** From the lock to the engine and back: one daemon's life. */
final class Daemon {
  private static final System.Logger LOG = System.getLogger(Daemon.class.getName());

  /** sockaddr_un holds 108 bytes with the final zero; a draft's name is one longer (unix(7)). */
  private static final int LONGEST_SOCKET_PATH = 106;

  private Daemon() {}

  /**
   * Runs until the latch is counted down. The socket is bound first, so that a client that started
   * the daemon gets its connection after the JVM's start alone; the engine opens behind it.
   *
   * @throws io.jdocker.linux.failure.EngineException why it cannot run
   */
  static void run(DaemonOptions options, Supplier<DaemonOptions> again, CountDownLatch stop)
      throws IOException, InterruptedException {
    options.hosts().forEach(Daemon::requireShort);
    EngineOptions engineOptions = engineOptions(options);
    makeRoot(options.root());
    EngineGate gate = new EngineGate();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    String version = ProductVersion.read();
    LiveSettings settings =
        new LiveSettings(options.changeable(), options.log(), options.notices());
    Routes routes = new Routes(gate, options.root(), version, settings, stop::countDown);
    RootLock lock = RootLock.acquire(options.root());
    try (lock) {
      HttpServer server =
          HttpServer.start(
              Listeners.open(options.hosts(), options.tls()),
              routes.router(),
              new Json(),
              HttpLimits.standard(),
              commonHeaders(version));
      try (server) {
        MetricsServer metrics = MetricsServer.start(options.metrics(), gate, version);
        try (metrics) {
          Thread opening =
              new Thread(() -> open(engineOptions, gate, failure, stop), "engine-start");
          opening.start();
          SignalProxy.handle("HUP", name -> new Reload(options, again, settings, gate).run());
          stop.await();
          opening.join();
        }
      }
      if (failure.get() != null) {
        throw failure.get();
      }
      gate.get().close();
    }
  }

  private static void open(
      EngineOptions options,
      EngineGate gate,
      AtomicReference<RuntimeException> failure,
      CountDownLatch stop) {
    try {
      gate.opened(Engine.open(options));
    } catch (RuntimeException e) {
      failure.set(e);
      gate.failed(e);
      stop.countDown();
    }
  }

  private static void requireShort(ListenAddress address) {
    if (!(address instanceof ListenAddress.Unix unix)) {
      return;
    }
    Path socket = unix.path();
    int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET_PATH) {
      throw new InvalidArgument(
          "the socket's path "
              + socket
              + " has "
              + length
              + " bytes, the kernel takes "
              + LONGEST_SOCKET_PATH
              + ": choose a shorter --root");
    }
  }

  private static EngineOptions engineOptions(DaemonOptions options) {
    EngineOptions engine =
        EngineOptions.of(options.root()).withRegistries(options.changeable().registries());
    if (options.users().isPresent()) {
      engine = engine.withUsers(users(options.users().get()));
    }
    if (!options.pools().isEmpty()) {
      engine = engine.withNetwork(engine.network().withPools(options.pools()));
    }
    if (options.bip().isPresent()) {
      Optional<Cidr> bip = Cidr.parse(options.bip().get());
      engine =
          engine.withNetwork(
              engine
                  .network()
                  .withBip(
                      bip.orElseThrow(
                          () ->
                              new InvalidArgument(
                                  "--bip \""
                                      + options.bip().get()
                                      + "\" is no address with prefix, like 172.17.0.1/16"))));
    }
    Optional<ClusterOptions> cluster = options.cluster();
    if (cluster.isPresent()) {
      engine = engine.withNetwork(engine.network().withCluster(cluster.get()));
    }
    return options.cgroupParent().map(engine::withCgroupParent).orElse(engine);
  }

  private static IdMapping users(String wanted) {
    IdMapping ids = new SubordinateIds(Path.of("/etc")).mapping(wanted);
    if (ids.isNone()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "User namespaces: root cannot be remapped with itself; user namespaces are OFF");
    }
    return ids;
  }

  /** Others may pass through to what is below and open to them, and see nothing. */
  private static void makeRoot(Path root) {
    try {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new SystemFailure("cannot make the root folder " + root + ": " + e, e);
    }
  }

  private static Map<String, String> commonHeaders(String version) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Api-Version", ApiVersion.CURRENT.toString());
    headers.put("Docker-Experimental", "false");
    headers.put("Ostype", "linux");
    headers.put("Server", "Docker/" + version + " (linux)");
    return headers;
  }
}
