package io.jdocker.network;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.ports.PortAllocator;
import io.jdocker.network.ports.PortWays;
import io.jdocker.network.ports.Reservation;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

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
  private final NameService service;
  private final Neighbours neighbours;
  private final Connections connections;
  private final SandboxRename renames;
  private final Ids ids;
  private final Set<String> lost;
  private final ConcurrentMap<String, LiveSandbox> byContainer = new ConcurrentHashMap<>();

  Sandboxes(
      StateFolder<SandboxState> files,
      NetworkCatalog catalog,
      Drivers drivers,
      SandboxBuilder builder,
      Namespaces namespaces,
      PortAllocator ports,
      Firewall firewall,
      NameService service,
      NameFiles nameFiles,
      Ids ids) {
    this.files = files;
    this.catalog = catalog;
    this.planner = new SandboxPlanner(catalog, drivers, ids);
    this.builder = builder;
    this.namespaces = namespaces;
    this.ports = ports;
    this.service = service;
    this.neighbours = new Neighbours(byContainer, catalog, firewall, nameFiles);
    this.connections =
        new Connections(files, catalog, drivers, planner, builder, neighbours, service);
    this.renames = new SandboxRename(files, byContainer, neighbours, service);
    this.ids = ids;
    StateFolder.Loaded<SandboxState> loaded = files.load();
    this.lost = loaded.damaged();
    loaded.objects().forEach(this::load);
  }

  private void load(SandboxState state) {
    byContainer.put(state.sandbox().containerId(), new LiveSandbox(state));
    for (Endpoint endpoint : state.sandbox().endpoints()) {
      if (catalog.knows(endpoint.networkId())) {
        catalog.hold(endpoint);
      }
    }
  }

  /** The id by which containers know a network of that name, for one whose own file is lost. */
  Optional<String> idOfNetwork(String name) {
    return byContainer.values().stream()
        .flatMap(live -> live.state().stream())
        .flatMap(state -> state.sandbox().endpoints().stream())
        .filter(endpoint -> endpoint.networkName().equals(name))
        .map(Endpoint::networkId)
        .filter(catalog.lost()::contains)
        .findFirst();
  }

  Sandbox attach(SandboxRequest request, Trace trace) {
    planner.validate(request);
    neighbours.validate(request);
    LiveSandbox live = new LiveSandbox();
    synchronized (live) {
      if (byContainer.putIfAbsent(request.containerId(), live) != null) {
        throw new Conflict(
            "container " + request.containerId() + " has its network already: detach it first");
      }
      try (Undo undo = new Undo()) {
        undo.push("forget the sandbox", () -> forget(request.containerId(), live));
        SandboxState planned = plan(request, live, undo);
        files.write(request.containerId(), planned);
        undo.push("delete the state file", () -> files.delete(request.containerId()));
        live.state(planned);
        SandboxState state = builder.build(planned, request.namespace(), undo, trace);
        if (!state.equals(planned)) {
          files.write(request.containerId(), state);
          live.state(state);
        }
        openPorts(live, state);
        undo.push("end its name server", () -> service.left(state));
        service.joined(state, trace);
        undo.push("let neighbours forget it", () -> neighbours.left(state));
        neighbours.joined(state, trace);
        undo.commit();
        return state.sandbox();
      }
    }
  }

  private void openPorts(LiveSandbox live, SandboxState state) {
    Optional<Ip> target = builder.relayTarget(state.sandbox());
    target.ifPresent(address -> live.reservation().ifPresent(r -> r.open(address)));
  }

  private void forget(String containerId, LiveSandbox live) {
    live.markGone();
    byContainer.remove(containerId);
  }

  private SandboxState plan(SandboxRequest request, LiveSandbox live, Undo undo) {
    NetworkMode mode = request.mode();
    live.reserve(ports.reserve(List.of(), PortWays.IPV4));
    if (mode instanceof NetworkMode.NamespacePath joined) {
      namespaces.requireNamespace(joined.path());
      return state(request, Optional.of(joined.path()), List.of(), List.of());
    }
    if (mode instanceof NetworkMode.Container joined) {
      return state(request, target(joined).namespacePath(), List.of(), List.of());
    }
    List<Endpoint> endpoints = planner.endpoints(request, undo);
    if (mode instanceof NetworkMode.Host) {
      return state(request, Optional.empty(), endpoints, List.of());
    }
    Reservation reservation = reserve(request, endpoints);
    live.reserve(reservation);
    undo.push("release ports", live::release);
    Path pin = namespaces.pin(SandboxBuilder.pinOf(request.containerId()));
    return state(request, Optional.of(pin), endpoints, reservation.bindings());
  }

  private Reservation reserve(SandboxRequest request, List<Endpoint> endpoints) {
    try {
      return ports.reserve(planner.ports(request, endpoints), planner.ways(endpoints));
    } catch (SystemFailure e) {
      String endpoint =
          endpoints.stream()
              .filter(Endpoint::defaultRoute)
              .map(Endpoint::id)
              .findFirst()
              .orElse("");
      throw new SystemFailure(
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
    return find(joined.containerId())
        .orElseThrow(
            () ->
                new Conflict(
                    "cannot join network of a non running container: " + joined.containerId()));
  }

  private SandboxState state(
      SandboxRequest request,
      Optional<Path> namespace,
      List<Endpoint> endpoints,
      List<PortBinding> bindings) {
    String pin = SandboxBuilder.pinOf(request.containerId());
    boolean owned = namespace.filter(namespaces.pin(pin)::equals).isPresent();
    String name = owned ? namespaces.freeName(request.containerName(), pin) : "";
    Sandbox sandbox =
        new Sandbox(
            ids.next(),
            request.containerId(),
            request.containerName(),
            request.mode(),
            namespace,
            name,
            endpoints,
            bindings,
            neighbours.environment(request, endpoints));
    int namePort = owned ? service.choosePort(endpoints, request.names()) : 0;
    return new SandboxState(sandbox, owned, request.links(), request.names(), namePort);
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
      SandboxState state = live.state().orElseThrow();
      service.left(state); // its sockets would keep the namespace
      builder.tearDown(state, trace);
      live.release();
      files.delete(containerId);
      state.sandbox().endpoints().forEach(connections::release);
      forget(containerId, live);
      neighbours.left(state);
    }
  }

  Endpoint connect(String containerId, Network network, EndpointSpec spec) {
    LiveSandbox live = byContainer.get(containerId);
    if (live == null) {
      throw new Conflict("container " + containerId + " is not running");
    }
    synchronized (live) {
      return connections.connect(live, network, spec);
    }
  }

  void disconnect(String containerId, Network network, boolean force) {
    LiveSandbox live = byContainer.get(containerId);
    if (live == null) {
      if (force) {
        return;
      }
      throw Connections.notConnected(containerId, network);
    }
    synchronized (live) {
      connections.disconnect(live, network);
    }
  }

  void rename(String containerId, String name) {
    renames.rename(containerId, name);
  }

  Optional<Sandbox> find(String containerId) {
    return Optional.ofNullable(byContainer.get(containerId))
        .flatMap(LiveSandbox::state)
        .map(SandboxState::sandbox);
  }

  List<Sandbox> list() {
    return byContainer.keySet().stream().flatMap(id -> find(id).stream()).toList();
  }

  List<NetworkMember> members(String networkId) {
    return list().stream()
        .flatMap(
            s ->
                s.endpoints().stream()
                    .filter(e -> e.networkId().equals(networkId))
                    .map(e -> new NetworkMember(s.containerId(), s.containerName(), e)))
        .toList();
  }

  boolean isUsed(String networkId) {
    return !members(networkId).isEmpty();
  }

  boolean isEmpty() {
    return byContainer.isEmpty();
  }

  List<SystemFailure> restore(Set<String> live) {
    List<SystemFailure> problems = new ArrayList<>();
    for (String containerId : lost) {
      problems.add(
          new SystemFailure(
              "container "
                  + containerId
                  + " is without network, as its state file was damaged: restart it"));
    }
    byContainer.forEach(
        (id, sandbox) ->
            attempt(
                "take from lost networks",
                id,
                problems,
                () -> connections.shed(sandbox, problems)));
    for (String containerId : List.copyOf(byContainer.keySet())) {
      if (!live.contains(containerId)) {
        attempt("remove", containerId, problems, () -> detach(containerId, Trace.off()));
      }
    }
    Set<String> pins = new HashSet<>();
    byContainer.keySet().forEach(id -> pins.add(SandboxBuilder.pinOf(id)));
    namespaces.list().stream().filter(p -> !pins.contains(p)).forEach(namespaces::remove);
    namespaces.removeDanglingNames();
    byContainer.forEach(
        (id, sandbox) -> attempt("resume", id, problems, () -> resume(sandbox, problems)));
    return problems;
  }

  /** Containers whose file was damaged when the engine was opened. */
  Set<String> lost() {
    return lost;
  }

  /** The host's ends of the containers' links on a network. */
  Set<String> hostLinks(String networkId) {
    return members(networkId).stream()
        .map(member -> member.endpoint().hostLink())
        .collect(Collectors.toSet());
  }

  /** One container's trouble must not keep the others from their networks. */
  private static void attempt(
      String verb, String containerId, List<SystemFailure> problems, Runnable work) {
    try {
      Refusals.named(verb + " the network of container " + containerId, work);
    } catch (EngineException e) {
      problems.add(new SystemFailure(e.getMessage(), e));
    }
  }

  /** Holds a live container's ports again and sets its rules. */
  private void resume(LiveSandbox live, List<SystemFailure> problems) {
    synchronized (live) {
      if (live.isResumed()) {
        return;
      }
      SandboxState held = hold(live, problems);
      builder.resume(held.sandbox());
      openPorts(live, held);
      SandboxState state = service.resume(held);
      if (!state.equals(held)) {
        files.write(state.sandbox().containerId(), state);
        live.state(state);
      }
      neighbours.joined(state, Trace.off());
    }
  }

  /**
   * Takes the ports again. One that somebody took meanwhile is lost, and all of the container's are
   * withdrawn: it is better to say so than to list ports that lead elsewhere.
   */
  private SandboxState hold(LiveSandbox live, List<SystemFailure> problems) {
    SandboxState state = live.state().orElseThrow();
    Sandbox sandbox = state.sandbox();
    try {
      live.reserve(ports.restore(sandbox.bindings()));
      return state;
    } catch (EngineException e) {
      problems.add(
          new SystemFailure(
              "container "
                  + sandbox.containerName()
                  + " has lost its published ports: "
                  + e.getMessage()
                  + ": restart it when the port is free",
              e));
      SandboxState without = state.with(sandbox.with(sandbox.endpoints(), List.of()));
      files.write(sandbox.containerId(), without);
      live.state(without);
      live.reserve(ports.reserve(List.of(), PortWays.IPV4));
      return without;
    }
  }

  @Override
  public void close() {
    byContainer.values().forEach(LiveSandbox::release);
    service.close();
  }
}
