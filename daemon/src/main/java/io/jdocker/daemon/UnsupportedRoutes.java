package io.jdocker.daemon;

import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.Router;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.failure.Unsupported;
import java.util.List;

/** Docker's endpoints that jdocker does not have: each says so. */
final class UnsupportedRoutes {
  void addTo(Router router) {
    refuse(router, "POST", "/build/cancel", "cancelling a build by its id");
    refuse(router, "GET", "/containers/{id}/attach/ws", "attaching by websocket");
    refuse(router, "PUT", "/volumes/{name}", "updating a cluster volume");
    addPlugins(router);
    Handler swarm =
        exchange -> {
          throw new Unavailable(
              "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\""
                  + " to connect this node to swarm and try again.");
        };
    for (String kind : List.of("swarm", "nodes", "services", "tasks", "secrets", "configs")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        router.add(method, "/" + kind, swarm);
        router.add(method, "/" + kind + "/{rest...}", swarm);
      }
    }
  }

  /** There are none: a list is empty, a name unknown, and a way to get one missing. */
  private static void addPlugins(Router router) {
    router.add("GET", "/plugins", exchange -> exchange.json(200, List.of()));
    refuse(router, "GET", "/plugins/privileges", "installing plugins");
    refuse(router, "POST", "/plugins/pull", "installing plugins");
    refuse(router, "POST", "/plugins/create", "making plugins");
    Handler unknown =
        exchange -> {
          throw new NotFound("plugin \"" + exchange.parameter() + "\" not found");
        };
    router.add("GET", "/plugins/{name...}/json", unknown);
    for (String verb : List.of("enable", "disable", "upgrade", "push", "set")) {
      router.add("POST", "/plugins/{name...}/" + verb, unknown);
    }
    router.add("DELETE", "/plugins/{name...}", unknown);
  }

  private static void refuse(Router router, String method, String path, String what) {
    router.add(
        method,
        path,
        exchange -> {
          throw new Unsupported(what + " is not supported by this version of jdocker");
        });
  }
}
