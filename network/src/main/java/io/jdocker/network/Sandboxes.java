package io.jdocker.network;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.ports.PortAllocator;
import io.jdocker.network.ports.Reservation;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The sandboxes of an engine. A sandbox's file is written when everything about it is decided and
 * before anything of it is made, and deleted after all of it is gone: whatever a crash leaves, a
 * file says what to remove. Thread-safe; calls for one container wait for each other.
 */
final class Sandboxes implements AutoCloseable {
  private final StateFolder<SandboxState> files;
  private final NetworkCatalog catalog;
  private final SandboxPlanner planner;
  private final SandboxBuilder builder;
  private final Namespaces namespaces;
  private final PortAllocator ports;
  private final Firewall firewall;
  private final Ids ids;
  private final ConcurrentMap<String, LiveSandbox> byContainer = new ConcurrentHashMap<>();

  Sandboxes(
      StateFolder<SandboxState> files,
      NetworkCatalog catalog,
      SandboxPlanner planner,
      SandboxBuilder builder,
      Namespaces namespaces,
      PortAllocator ports,
      Firewall firewall,
      Ids ids) {
    this.files = files;
    this.catalog = catalog;
    this.planner = planner;
    this.builder = builder;
    this.namespaces = namespaces;
    this.ports = ports;
    this.firewall = firewall;
    this.ids = ids;
    files.readAll().forEach(this::load);
  }

  private void load(SandboxState state) {
    byContainer.put(state.sandbox().containerId(), new LiveSandbox(state));
    for (Endpoint endpoint : state.sandbox().endpoints()) {
      endpoint.address().ifPresent(a -> catalog.pool(endpoint.networkId()).allocate(a.address()));
    }
  }

  Sandbox attach(SandboxRequest request, Trace trace) {
    planner.validate(request);
    LiveSandbox live = new LiveSandbox(null);
    synchronized (live) {
      if (byContainer.putIfAbsent(request.containerId(), live) != null) {
        throw new Conflict(
            "container " + request.containerId() + " has its network already: detach it first");
      }
      try (Undo undo = new Undo()) {
        undo.push("forget the sandbox", () -> forget(request.containerId(), live));
        SandboxState state = plan(request, live, undo);
        live.state(state);
        files.write(request.containerId(), state);
        undo.push("delete the state file", () -> files.delete(request.containerId()));
        builder.build(state, undo, trace);
        live.reservation().ifPresent(Reservation::listen);
        undo.commit();
        return state.sandbox();
      }
    }
  }

  private void forget(String containerId, LiveSandbox live) {
    live.markGone();
    byContainer.remove(containerId);
  }

  private SandboxState plan(SandboxRequest request, LiveSandbox live, Undo undo) {
    NetworkMode mode = request.mode();
    if (mode instanceof NetworkMode.NamespacePath joined) {
      namespaces.requireNamespace(joined.path());
      return state(request, false, Optional.of(joined.path()), List.of(), List.of());
    }
    if (mode instanceof NetworkMode.Container joined) {
      return state(request, false, target(joined).namespacePath(), List.of(), List.of());
    }
    List<Endpoint> endpoints = planner.endpoints(request, undo);
    if (mode instanceof NetworkMode.Host) {
      return state(request, false, Optional.empty(), endpoints, List.of());
    }
    Reservation reservation = reserve(request, endpoints);
    undo.push("release ports", reservation::close);
    live.reservation(reservation);
    Path pin = namespaces.pin(SandboxBuilder.pinOf(request.containerId()));
    return state(request, true, Optional.of(pin), endpoints, reservation.bindings());
  }

  private Reservation reserve(SandboxRequest request, List<Endpoint> endpoints) {
    try {
      return ports.reserve(planner.ports(request, endpoints));
    } catch (io.jdocker.linux.failure.SystemFailure e) {
      String endpoint =
          endpoints.stream()
              .filter(Endpoint::defaultRoute)
              .map(Endpoint::id)
              .findFirst()
              .orElse("");
      throw new io.jdocker.linux.failure.SystemFailure(
          "driver failed programming external connectivity on endpoint "
              + request.containerName()
              + " ("
              + endpoint
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private Sandbox target(NetworkMode.Container joined) {
    LiveSandbox target = byContainer.get(joined.containerId());
    if (target == null) {
      throw new Conflict("cannot join network of a non running container: " + joined.containerId());
    }
    return target.sandbox();
  }

  private SandboxState state(
      SandboxRequest request,
      boolean owned,
      Optional<Path> namespace,
      List<Endpoint> endpoints,
      List<PortBinding> bindings) {
    String pin = SandboxBuilder.pinOf(request.containerId());
    String name = owned ? namespaces.freeName(request.containerName(), pin) : "";
    return new SandboxState(
        new Sandbox(
            ids.next(),
            request.containerId(),
            request.containerName(),
            request.mode(),
            namespace,
            name,
            endpoints,
            bindings,
            List.of()),
        owned,
        request.links(),
        request.names());
  }

  void detach(String containerId, Trace trace) {
    LiveSandbox live = byContainer.get(containerId);
    if (live == null) {
      return;
    }
    synchronized (live) {
      if (live.isGone()) {
        return;
      }
      builder.tearDown(live.state(), trace);
      live.reservation().ifPresent(Reservation::close);
      files.delete(containerId);
      live.sandbox().endpoints().forEach(this::release);
      forget(containerId, live);
    }
  }

  private void release(Endpoint endpoint) {
    endpoint.address().ifPresent(a -> catalog.pool(endpoint.networkId()).release(a.address()));
  }

  Endpoint connect(String containerId, Network network, EndpointSpec spec) {
    LiveSandbox live = require(containerId);
    synchronized (live) {
      requireRunning(live, containerId);
      Sandbox sandbox = live.sandbox();
      if (!live.state().owned() || network.ipam().isEmpty()) {
        throw new Forbidden(
            "container sharing network namespace with another container or host cannot be"
                + " connected to any other network");
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
        boolean routed = endpoints.stream().anyMatch(Endpoint::defaultRoute);
        Endpoint endpoint =
            planner.endpoint(
                network,
                spec,
                SandboxPlanner.freeLink(endpoints),
                !routed && !network.internal(),
                undo);
        endpoints.add(endpoint);
        SandboxState before = live.state();
        undo.push("restore the state file", () -> save(live, before));
        save(live, with(before, endpoints));
        builder.connect(sandbox, endpoint, undo, Trace.off());
        undo.commit();
        return endpoint;
      }
    }
  }

  void disconnect(String containerId, Network network, boolean force) {
    LiveSandbox live = byContainer.get(containerId);
    if (live == null && force) {
      return;
    }
    if (live == null) {
      throw notConnected(containerId, network);
    }
    synchronized (live) {
      requireRunning(live, containerId);
      Endpoint leaving =
          live.sandbox().endpoints().stream()
              .filter(e -> e.networkId().equals(network.id()))
              .findFirst()
              .orElseThrow(() -> notConnected(containerId, network));
      if (!live.state().owned()) {
        throw new Forbidden("container cannot be disconnected from host network");
      }
      if (leaving.defaultRoute()) {
        withdrawPorts(live);
      }
      builder.disconnect(leaving, Trace.off());
      List<Endpoint> rest = new ArrayList<>(live.sandbox().endpoints());
      rest.remove(leaving);
      if (leaving.defaultRoute()) {
        moveRoute(live.sandbox(), rest);
      }
      save(live, with(live.state(), rest));
      release(leaving);
    }
  }

  /** Published ports belong to the endpoint with the default route and go with it. */
  private void withdrawPorts(LiveSandbox live) {
    Sandbox sandbox = live.sandbox();
    SandboxBuilder.published(sandbox)
        .ifPresent(a -> firewall.withdraw(a, sandbox.bindings()).await());
    live.reservation().ifPresent(Reservation::close);
    live.reservation(null);
    Sandbox bare =
        new Sandbox(
            sandbox.id(),
            sandbox.containerId(),
            sandbox.containerName(),
            sandbox.mode(),
            sandbox.namespacePath(),
            sandbox.namespaceName(),
            sandbox.endpoints(),
            List.of(),
            sandbox.environment());
    SandboxState state = live.state();
    save(live, new SandboxState(bare, state.owned(), state.links(), state.names()));
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

  private void save(LiveSandbox live, SandboxState state) {
    files.write(state.sandbox().containerId(), state);
    live.state(state);
  }

  private static SandboxState with(SandboxState state, List<Endpoint> endpoints) {
    Sandbox s = state.sandbox();
    return new SandboxState(
        new Sandbox(
            s.id(),
            s.containerId(),
            s.containerName(),
            s.mode(),
            s.namespacePath(),
            s.namespaceName(),
            endpoints,
            s.bindings(),
            s.environment()),
        state.owned(),
        state.links(),
        state.names());
  }

  private static Forbidden notConnected(String containerId, Network network) {
    return new Forbidden(
        "container " + containerId + " is not connected to network " + network.name());
  }

  private LiveSandbox require(String containerId) {
    LiveSandbox live = byContainer.get(containerId);
    if (live == null) {
      throw new Conflict("container " + containerId + " is not running");
    }
    return live;
  }

  private static void requireRunning(LiveSandbox live, String containerId) {
    if (live.isGone()) {
      throw new Conflict("container " + containerId + " is not running");
    }
  }

  Optional<Sandbox> find(String containerId) {
    return Optional.ofNullable(byContainer.get(containerId))
        .map(LiveSandbox::state)
        .map(SandboxState::sandbox);
  }

  List<NetworkMember> members(String networkId) {
    List<NetworkMember> members = new ArrayList<>();
    for (LiveSandbox live : byContainer.values()) {
      SandboxState state = live.state();
      if (state == null) {
        continue; // being planned
      }
      Sandbox sandbox = state.sandbox();
      sandbox.endpoints().stream()
          .filter(e -> e.networkId().equals(networkId))
          .forEach(
              e ->
                  members.add(
                      new NetworkMember(sandbox.containerId(), sandbox.containerName(), e)));
    }
    return members;
  }

  boolean isUsed(String networkId) {
    return !members(networkId).isEmpty();
  }

  boolean isEmpty() {
    return byContainer.isEmpty();
  }

  void restore(Set<String> live) {
    for (String containerId : List.copyOf(byContainer.keySet())) {
      if (!live.contains(containerId)) {
        detach(containerId, Trace.off());
      }
    }
    Set<String> pins = new java.util.HashSet<>();
    byContainer.keySet().forEach(id -> pins.add(SandboxBuilder.pinOf(id)));
    namespaces.list().stream().filter(p -> !pins.contains(p)).forEach(namespaces::remove);
    namespaces.removeDanglingNames();
    byContainer.values().forEach(this::resume);
  }

  /** Holds a live container's ports again and sets its rules. */
  private void resume(LiveSandbox live) {
    synchronized (live) {
      if (live.reservation().isPresent() || live.sandbox().endpoints().isEmpty()) {
        return;
      }
      Sandbox sandbox = live.sandbox();
      builder.resume(sandbox);
      Reservation reservation = ports.restore(sandbox.bindings());
      live.reservation(reservation);
      reservation.listen();
    }
  }

  @Override
  public void close() {
    byContainer.values().forEach(l -> l.reservation().ifPresent(Reservation::close));
  }
}
