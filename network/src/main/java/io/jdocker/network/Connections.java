package io.jdocker.network;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts running containers on further networks and takes them off. The caller holds the container's
 * lock.
 */
final class Connections {
  private final StateFolder<SandboxState> files;
  private final NetworkCatalog catalog;
  private final Drivers drivers;
  private final SandboxPlanner planner;
  private final SandboxBuilder builder;
  private final Neighbours neighbours;
  private final NameService service;

  Connections(
      StateFolder<SandboxState> files,
      NetworkCatalog catalog,
      Drivers drivers,
      SandboxPlanner planner,
      SandboxBuilder builder,
      Neighbours neighbours,
      NameService service) {
    this.files = files;
    this.catalog = catalog;
    this.drivers = drivers;
    this.planner = planner;
    this.builder = builder;
    this.neighbours = neighbours;
    this.service = service;
  }

  Endpoint connect(LiveSandbox live, Network network, EndpointSpec spec) {
    SandboxState before = running(live);
    Sandbox sandbox = before.sandbox();
    if (!before.owned() || !drivers.of(network).traits().links()) {
      throw new Forbidden(
          "container sharing network namespace with another container or host cannot be connected"
              + " to any other network");
    }
    if (sandbox.mode() instanceof NetworkMode.None) {
      throw new Forbidden(
          "container cannot be connected to multiple networks with one of the"
              + " networks in private (none) mode");
    }
    if (sandbox.endpoints().stream().anyMatch(e -> e.networkId().equals(network.id()))) {
      throw new Forbidden(
          "endpoint with name "
              + sandbox.containerName()
              + " already exists in network "
              + network.name());
    }
    try (Undo undo = new Undo()) {
      List<Endpoint> endpoints = new ArrayList<>(sandbox.endpoints());
      SandboxPlanner.DefaultRoutes routes =
          new SandboxPlanner.DefaultRoutes(
              sandbox.outside().isEmpty() && !network.internal(),
              sandbox.outside6().isEmpty() && !network.internal());
      Endpoint endpoint =
          planner.endpoint(network, spec, SandboxPlanner.freeLink(endpoints), routes, undo);
      endpoints.add(endpoint);
      SandboxState after = before.with(sandbox.with(endpoints, sandbox.bindings()));
      undo.push("restore the state file", () -> save(live, before));
      save(live, after);
      Endpoint joined = builder.connect(sandbox, endpoint, undo, Trace.off());
      endpoints.set(endpoints.size() - 1, joined);
      SandboxState known = before.with(sandbox.with(endpoints, sandbox.bindings()));
      if (!known.equals(after)) {
        save(live, known);
      }
      SandboxState named = name(live, known, undo);
      service.moved(before, named);
      undo.push("forget its new names", () -> service.moved(named, before));
      neighbours.moved(named);
      undo.commit();
      return joined;
    }
  }

  /** Gives a container its name server with its first user-defined network. */
  private SandboxState name(LiveSandbox live, SandboxState state, Undo undo) {
    boolean wanted = service.choosePort(state.sandbox().endpoints(), state.names()) > 0;
    if (!wanted || state.namePort() > 0) {
      return state;
    }
    SandboxState named = state.withNamePort(builder.name(state));
    undo.push("end its name server", () -> service.left(named));
    save(live, named);
    return named;
  }

  /**
   * Takes a container off a network. Published ports belong to the endpoint with the default route
   * and go with it; the route goes to the next endpoint that has a gateway.
   */
  void disconnect(LiveSandbox live, Network network) {
    SandboxState state = running(live);
    Sandbox sandbox = state.sandbox();
    if (!state.owned()) {
      throw new Forbidden("container cannot be disconnected from host network");
    }
    Endpoint leaving =
        sandbox.endpoints().stream()
            .filter(e -> e.networkId().equals(network.id()))
            .findFirst()
            .orElseThrow(() -> notConnected(sandbox.containerId(), network));
    List<Endpoint> rest = new ArrayList<>(sandbox.endpoints());
    rest.remove(leaving);
    List<PortBinding> bindings = sandbox.bindings();
    boolean six = leaving.isOutside(Family.IPV6);
    if (leaving.defaultRoute() || six) {
      builder.withdraw(sandbox);
      live.release();
      bindings = List.of();
    }
    builder.disconnect(sandbox, leaving, Trace.off());
    if (leaving.defaultRoute()) {
      moveRoute(sandbox, rest);
    }
    if (six) {
      moveRoute6(sandbox, rest);
    }
    SandboxState after = state.with(sandbox.with(rest, bindings));
    save(live, after);
    release(leaving);
    service.moved(state, after);
    neighbours.moved(after);
  }

  /**
   * Takes a container off networks that nothing is known of any more. Guessing what such a network
   * forbade would be worse.
   */
  void shed(LiveSandbox live, List<SystemFailure> problems) {
    synchronized (live) {
      for (Endpoint endpoint : live.state().orElseThrow().sandbox().endpoints()) {
        if (!catalog.knows(endpoint.networkId())) {
          abandon(live, endpoint);
          problems.add(
              new SystemFailure(
                  "container "
                      + live.state().orElseThrow().sandbox().containerName()
                      + " is taken off network "
                      + endpoint.networkName()
                      + ", as the network's state file was damaged: make the network again and"
                      + " connect the container"));
        }
      }
    }
  }

  /** Takes a container off a network that is not known any more, with the ports published there. */
  void abandon(LiveSandbox live, Endpoint endpoint) {
    SandboxState state = live.state().orElseThrow();
    List<Endpoint> rest = new ArrayList<>(state.sandbox().endpoints());
    rest.remove(endpoint);
    builder.abandon(endpoint);
    List<PortBinding> bindings = endpoint.defaultRoute() ? List.of() : state.sandbox().bindings();
    save(live, state.with(state.sandbox().with(rest, bindings)));
  }

  private void moveRoute(Sandbox sandbox, List<Endpoint> rest) {
    for (int i = 0; i < rest.size(); i++) {
      Endpoint next = rest.get(i);
      if (next.gateway().isPresent()) {
        builder.route(sandbox, next);
        rest.set(i, next.withDefaultRoute(true));
        return;
      }
    }
  }

  private void moveRoute6(Sandbox sandbox, List<Endpoint> rest) {
    for (int i = 0; i < rest.size(); i++) {
      Endpoint next = rest.get(i);
      if (next.ipv6().flatMap(EndpointIpv6::gateway).isPresent()) {
        builder.route6(sandbox, next);
        rest.set(i, next.withDefaultRoute6(true));
        return;
      }
    }
  }

  /** Gives an endpoint's address back. */
  void release(Endpoint endpoint) {
    catalog.release(endpoint);
  }

  private void save(LiveSandbox live, SandboxState state) {
    files.write(state.sandbox().containerId(), state);
    live.state(state);
  }

  private static SandboxState running(LiveSandbox live) {
    if (live.isGone()) {
      throw new Conflict("the container is not running");
    }
    return live.state().orElseThrow();
  }

  static Forbidden notConnected(String containerId, Network network) {
    return new Forbidden(
        "container " + containerId + " is not connected to network " + network.name());
  }
}
