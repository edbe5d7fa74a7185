package io.jdocker.daemon.execs;

import io.jdocker.daemon.http.Router;
import io.jdocker.runtime.Engine;
import java.util.function.Supplier;

/** The endpoints for execs. */
public final class ExecRoutes {
  private final Supplier<Engine> engine;

  public ExecRoutes(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** Adds them. */
  public void addTo(Router router) {
    ExecEndpoints execs = new ExecEndpoints(engine);
    router
        .add("POST", "/containers/{id}/exec", execs::create)
        .add("POST", "/exec/{id}/start", new StartExecEndpoint(engine))
        .add("POST", "/exec/{id}/resize", execs::resize)
        .add("GET", "/exec/{id}/json", execs::inspect);
  }
}
