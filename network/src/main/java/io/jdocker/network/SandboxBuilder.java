package io.jdocker.network;

import io.jdocker.linux.Fd;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.namespace.OpenNamespace;
import io.jdocker.network.state.SandboxState;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Builds in the kernel what a sandbox's state says, and takes it down again. Everything it does can
 * be done again, and taken down from any half-built state. Thread-safe.
 */
final class SandboxBuilder {
  private final NetworkCatalog catalog;
  private final Drivers drivers;
  private final PublishedPorts ports;
  private final Namespaces namespaces;
  private final LinkReaper reaper;
  private final NameService names;

  SandboxBuilder(
      NetworkCatalog catalog,
      Drivers drivers,
      PublishedPorts ports,
      Namespaces namespaces,
      LinkReaper reaper,
      NameService names) {
    this.catalog = catalog;
    this.drivers = drivers;
    this.ports = ports;
    this.namespaces = namespaces;
    this.reaper = reaper;
    this.names = names;
  }

  /** The file name of a container's pinned namespace. */
  static String pinOf(String containerId) {
    return Ids.brief(containerId);
  }

  /** Builds namespace, links and rules. */
  SandboxState build(SandboxState state, Undo undo, Trace trace) {
    return build(state, Optional.empty(), undo, trace);
  }

  /**
   * As {@link #build(SandboxState, Undo, Trace)}. The rules are on their way to the kernel while
   * the links are made.
   *
   * @param fresh a namespace to take instead of making one
   * @return the state as it turned out: some networks give their addresses themselves
   */
  SandboxState build(SandboxState state, Optional<Fd> fresh, Undo undo, Trace trace) {
    Sandbox sandbox = state.sandbox();
    for (Endpoint endpoint : sandbox.endpoints()) {
      Network network = catalog.get(endpoint.networkId());
      drivers.of(network).ensure(network, trace);
    }
    long start = System.nanoTime();
    PublishedPorts.Changes rules = ports.publish(sandbox, undo);
    if (state.owned()) {
      buildNamespace(state, fresh, undo, trace);
    }
    rules.await();
    ports.forgetFlows(sandbox);
    for (Endpoint endpoint : sandbox.endpoints()) {
      drivers.of(catalog.get(endpoint.networkId())).awaitReady(endpoint);
    }
    ports.trace(sandbox, start, trace);
    List<Endpoint> joined = sandbox.endpoints().stream().map(this::joined).toList();
    return state.with(sandbox.with(joined, sandbox.bindings()));
  }

  private Endpoint joined(Endpoint endpoint) {
    Network network = catalog.get(endpoint.networkId());
    return drivers.of(network).joined(network, endpoint);
  }

  /** Where the relay sends what comes by IPv6 and cannot be translated. */
  Optional<Ip> relayTarget(Sandbox sandbox) {
    return ports.relayTarget(sandbox);
  }

  /** Sets bridges and rules of a running container again, after a restart of the engine. */
  void resume(Sandbox sandbox) {
    for (Endpoint endpoint : sandbox.endpoints()) {
      Network network = catalog.get(endpoint.networkId());
      drivers.of(network).ensure(network, Trace.off());
      drivers.of(network).rejoin(network, endpoint, hairpin(sandbox, endpoint));
    }
    ports.renew(sandbox);
  }

  private void buildNamespace(SandboxState state, Optional<Fd> fresh, Undo undo, Trace trace) {
    Sandbox sandbox = state.sandbox();
    String pin = pinOf(sandbox.containerId());
    String name = sandbox.namespaceName();
    boolean named = state.namePort() > 0;
    try (OpenNamespace namespace = create(pin, name, named, fresh, trace)) {
      undo.push("remove network namespace " + pin, () -> namespaces.remove(pin));
      namespaces.name(pin, name);
      undo.push("remove the name " + name, () -> namespaces.unname(pin, name));
      Optional<NameRedirect.Pending> redirect =
          namespace.named() ? Optional.empty() : names.lead(namespace.fd(), state.namePort());
      for (Endpoint endpoint : sandbox.endpoints()) {
        join(sandbox, endpoint, namespace, undo, trace);
      }
      redirect.ifPresent(NameRedirect.Pending::await);
    }
  }

  private OpenNamespace create(
      String pin, String name, boolean named, Optional<Fd> fresh, Trace trace) {
    if (fresh.isPresent()) {
      return namespaces.adopt(pin, name, fresh.get(), trace);
    }
    return named ? namespaces.createNamed(pin, name, trace) : namespaces.create(pin, name, trace);
  }

  /** Gives a running container its name server; the port. */
  int name(SandboxState state) {
    try (OpenNamespace namespace = namespaces.open(pinOf(state.sandbox().containerId()))) {
      return names.begin(state, namespace.fd());
    }
  }

  private void join(
      Sandbox sandbox, Endpoint endpoint, OpenNamespace namespace, Undo undo, Trace trace) {
    Network network = catalog.get(endpoint.networkId());
    Driver driver = drivers.of(network);
    undo.push(
        "take the container off network " + network.name(),
        () -> driver.leave(network, endpoint, () -> opened(sandbox), Trace.off()));
    boolean six = endpoint.ipv6().isPresent();
    if (six) {
      namespaces.allowIpv6(namespace, sandbox.namespaceName(), trace);
    }
    driver.join(
        network, endpoint, namespace, sandbox.namespaceName(), hairpin(sandbox, endpoint), trace);
    if (six) {
      namespaces.forbidIpv6(namespace, sandbox.namespaceName(), trace);
    }
  }

  /** A container may call its own ports where it has some. */
  private static boolean hairpin(Sandbox sandbox, Endpoint endpoint) {
    boolean outside = endpoint.isOutside(Family.IPV4) || endpoint.isOutside(Family.IPV6);
    return outside && !sandbox.bindings().isEmpty();
  }

  /** Puts a running container on one more network; the endpoint as it turned out. */
  Endpoint connect(Sandbox sandbox, Endpoint endpoint, Undo undo, Trace trace) {
    Network network = catalog.get(endpoint.networkId());
    drivers.of(network).ensure(network, trace);
    try (OpenNamespace namespace = namespaces.open(pinOf(sandbox.containerId()))) {
      join(sandbox, endpoint, namespace, undo, trace);
    }
    drivers.of(network).awaitReady(endpoint);
    return joined(endpoint);
  }

  /** Takes a container off a network. */
  void disconnect(Sandbox sandbox, Endpoint endpoint, Trace trace) {
    Network network = catalog.get(endpoint.networkId());
    drivers.of(network).leave(network, endpoint, () -> opened(sandbox), trace);
  }

  /** The container's namespace; empty where somebody has removed it. */
  private Optional<OpenNamespace> opened(Sandbox sandbox) {
    try {
      return Optional.of(namespaces.open(pinOf(sandbox.containerId())));
    } catch (NotFound gone) {
      return Optional.empty();
    } catch (SyscallException e) {
      if (e.is(Errno.EINVAL)) { // a crash came between the pin's file and the mount on it
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Takes a container off a network of which nothing is known but the link. */
  void abandon(Endpoint endpoint) {
    if (!endpoint.hostLink().isEmpty()) {
      reaper.delete(endpoint.hostLink());
    }
  }

  /** Takes the published ports of a running container back. */
  void withdraw(Sandbox sandbox) {
    ports.withdraw(sandbox).await();
    ports.forgetFlows(sandbox);
  }

  /** Gives the IPv6 default route to another endpoint. */
  void route6(Sandbox sandbox, Endpoint endpoint) {
    route(sandbox, endpoint, endpoint.ipv6().flatMap(EndpointIpv6::gateway).map(g -> g));
  }

  /** Gives the default route to another endpoint. */
  void route(Sandbox sandbox, Endpoint endpoint) {
    route(sandbox, endpoint, endpoint.gateway().map(g -> g));
  }

  private void route(Sandbox sandbox, Endpoint endpoint, Optional<Ip> gateway) {
    try (OpenNamespace namespace = namespaces.open(pinOf(sandbox.containerId()))) {
      int link = namespace.netlink().links().find(endpoint.link()).orElseThrow().index();
      gateway.ifPresent(g -> namespace.netlink().routes().addDefault(g.toInetAddress(), link));
    }
  }

  /**
   * Takes down everything of a sandbox, going on when a step fails.
   *
   * @throws io.jdocker.linux.failure.SystemFailure naming each step that failed
   */
  void tearDown(SandboxState state, Trace trace) {
    Sandbox sandbox = state.sandbox();
    long start = System.nanoTime();
    try (Undo steps = new Undo()) { // runs in reverse: what comes first is pushed last
      if (state.owned()) {
        String pin = pinOf(sandbox.containerId());
        steps.push("remove network namespace " + pin, () -> namespaces.remove(pin));
        steps.push(
            "remove the name " + sandbox.namespaceName(),
            () -> namespaces.unname(pin, sandbox.namespaceName()));
        traceRemoval(sandbox, start, trace);
      }
      steps.push("forget UDP connections", () -> ports.forgetFlows(sandbox));
      PublishedPorts.Changes withdrawn = ports.withdraw(sandbox);
      steps.push("withdraw published ports", withdrawn::await);
      ports.traceWithdrawal(sandbox, trace);
      for (Endpoint endpoint : sandbox.endpoints()) {
        steps.push(
            "take the container off network " + endpoint.networkName(),
            () -> disconnect(sandbox, endpoint, trace));
      }
    }
  }

  private static void traceRemoval(Sandbox sandbox, long start, Trace trace) {
    trace.record(
        Stage.TEARDOWN,
        "remove the network namespace",
        () -> "umount2(" + sandbox.namespacePath().orElseThrow() + ", MNT_DETACH)",
        "0",
        start,
        () -> "ip netns del " + sandbox.namespaceName());
  }
}
