package io.jdocker.daemon.volumes;

import io.jdocker.daemon.http.Router;
import io.jdocker.runtime.Engine;
import java.util.function.Supplier;

/** The endpoints for volumes. */
public final class VolumeRoutes {
  private final Supplier<Engine> engine;

  public VolumeRoutes(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** Adds them. */
  public void addTo(Router router) {
    VolumeEndpoints volumes = new VolumeEndpoints(engine);
    router
        .add("GET", "/volumes", volumes::list)
        .add("POST", "/volumes/create", volumes::create)
        .add("POST", "/volumes/prune", volumes::prune)
        .add("GET", "/volumes/{name}", volumes::inspect)
        .add("DELETE", "/volumes/{name}", volumes::remove);
  }
}
