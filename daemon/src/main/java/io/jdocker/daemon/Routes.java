package io.jdocker.daemon;

import io.jdocker.daemon.build.BuildRoutes;
import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.containers.ContainerRoutes;
import io.jdocker.daemon.execs.ExecRoutes;
import io.jdocker.daemon.http.Router;
import io.jdocker.daemon.images.ImageRoutes;
import io.jdocker.daemon.networks.NetworkRoutes;
import io.jdocker.daemon.system.SystemRoutes;
import io.jdocker.daemon.volumes.VolumeRoutes;
import java.nio.file.Path;

/** Every endpoint, by method and path. */
final class Routes {
  private final EngineGate gate;
  private final Path root;
  private final String version;
  private final LiveSettings settings;
  private final Runnable stop;

  Routes(EngineGate gate, Path root, String version, LiveSettings settings, Runnable stop) {
    this.gate = gate;
    this.root = root;
    this.version = version;
    this.settings = settings;
    this.stop = stop;
  }

  Router router() {
    Router router = new Router();
    new SystemRoutes(gate, root, version, settings, stop).addTo(router);
    new ContainerRoutes(gate, settings).addTo(router);
    new ExecRoutes(gate).addTo(router);
    new BuildRoutes(gate).addTo(router);
    new ImageRoutes(gate).addTo(router);
    new NetworkRoutes(gate).addTo(router);
    new VolumeRoutes(gate).addTo(router);
    new UnsupportedRoutes().addTo(router);
    return router;
  }
}
