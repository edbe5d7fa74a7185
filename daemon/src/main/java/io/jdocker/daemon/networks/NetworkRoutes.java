package io.jdocker.daemon.networks;

import io.jdocker.daemon.http.Router;
import io.jdocker.runtime.Engine;
import java.util.function.Supplier;

/** The endpoints for networks. */
public final class NetworkRoutes {
  private final Supplier<Engine> engine;

  public NetworkRoutes(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** Adds them. */
  public void addTo(Router router) {
    NetworkQueries queries = new NetworkQueries(engine);
    NetworkChanges changes = new NetworkChanges(engine);
    SightEndpoints sight = new SightEndpoints(engine);
    router
        .add("GET", "/jdocker/network/graph", sight::graph)
        .add("GET", "/jdocker/network/path", sight::path)
        .add("GET", "/jdocker/network/doctor", sight::doctor)
        .add("POST", "/jdocker/network/reload", sight::reload)
        .add("GET", "/networks", queries::list)
        .add("GET", "/networks/{name}", queries::inspect)
        .add("POST", "/networks/create", changes::create)
        .add("POST", "/networks/prune", changes::prune)
        .add("DELETE", "/networks/{name}", changes::remove)
        .add("POST", "/networks/{name}/connect", changes::connect)
        .add("POST", "/networks/{name}/disconnect", changes::disconnect);
  }
}
