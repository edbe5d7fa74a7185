package io.jdocker.daemon.build;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Router;
import io.jdocker.images.BuildCachePrune;
import io.jdocker.images.Digest;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The endpoints for builds. */
public final class BuildRoutes {
  private final Supplier<Engine> engine;

  public BuildRoutes(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** Adds them. */
  public void addTo(Router router) {
    router
        .add("POST", "/build", new BuildEndpoint(engine))
        .add("POST", "/build/prune", this::prune);
  }

  /** What a prune gave back. */
  record Pruned(List<String> cachesDeleted, long spaceReclaimed) {}

  private void prune(Exchange exchange) throws IOException {
    BuildCachePrune pruned = engine.get().builder().prune();
    exchange.json(
        200, new Pruned(pruned.steps().stream().map(Digest::hex).toList(), pruned.reclaimed()));
  }
}
