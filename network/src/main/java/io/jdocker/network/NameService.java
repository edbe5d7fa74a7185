package io.jdocker.network;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.dns.ContainerNames;
import io.jdocker.network.dns.DnsCounts;
import io.jdocker.network.dns.DnsServer;
import io.jdocker.network.dns.NameIndex;
import io.jdocker.network.dns.ServedContainer;
import io.jdocker.network.dns.Upstreams;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.overlay.RemoteNames;
import io.jdocker.network.overlay.SharedEndpoint;
import io.jdocker.network.state.SandboxState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import jnr.constants.platform.Errno;

/**
 * Names on user-defined networks: each container there has a name server at 127.0.0.11. Its port is
 * chosen with everything else before the start and written down, so that the rules that lead there
 * hold when the engine comes back after a kill. Thread-safe.
 */
final class NameService implements AutoCloseable {
  private static final Ipv4 ANY_HOST = new Ipv4(0); // who announces it knows which
  private static final int FIRST_PORT = 32768;
  private static final int LAST_PORT = 60999;
  private static final int ATTEMPTS = 20;

  private final Kernel kernel;
  private final NetworkCatalog catalog;
  private final NameRedirect redirect;
  private final NameFiles files;
  private final NameIndex index = new NameIndex();
  private final DnsServer server;
  private final Consumer<SharedEndpoint> announcer;
  private final ConcurrentMap<String, ContainerNames> views = new ConcurrentHashMap<>();
  private final RandomGenerator random = RandomGenerator.getDefault();

  /**
   * The same for each container that this engine starts, so that rules can be set ahead of need.
   */
  private final int port;

  /** A port that programs rarely choose; which one does not matter. */
  static int anyPort() {
    return RandomGenerator.getDefault().nextInt(FIRST_PORT, LAST_PORT + 1);
  }

  /** One that nobody else is to know of. */
  NameService(
      Kernel kernel, NetworkCatalog catalog, NameRedirect redirect, NameFiles files, int port) {
    this(kernel, catalog, redirect, files, port, endpoint -> {});
  }

  /**
   * @param announcer is told what containers are called, for others than this engine to know
   */
  NameService(
      Kernel kernel,
      NetworkCatalog catalog,
      NameRedirect redirect,
      NameFiles files,
      int port,
      Consumer<SharedEndpoint> announcer) {
    this.port = port;
    this.announcer = announcer;
    this.kernel = kernel;
    this.catalog = catalog;
    this.redirect = redirect;
    this.files = files;
    this.server = new DnsServer(kernel);
  }

  DnsCounts counts() {
    return server.counts();
  }

  /** Where the names of containers on other hosts go. */
  RemoteNames remote() {
    return new RemoteNames() {
      @Override
      public void put(String networkId, String container, Ipv4 address, List<String> names) {
        index.put(networkId, container, List.of(address), names);
      }

      @Override
      public void remove(String networkId, String container) {
        index.remove(networkId, container);
      }
    };
  }

  /** A port for the name server of a container; 0 for one that needs none. */
  int choosePort(List<Endpoint> endpoints, Optional<NamesSpec> names) {
    boolean wanted = names.isPresent() && endpoints.stream().anyMatch(this::isNamed);
    return wanted ? port : 0;
  }

  /** On the predefined networks containers do not know each other's names. */
  private boolean isNamed(Endpoint endpoint) {
    return endpoint.address().isPresent()
        && catalog.knows(endpoint.networkId())
        && !catalog.get(endpoint.networkId()).predefined();
  }

  /** Sets the rules in a fresh namespace, while other things are done to it. */
  Optional<NameRedirect.Pending> lead(Fd namespace, int port) {
    return port == 0 ? Optional.empty() : Optional.of(redirect.set(namespace, port));
  }

  /** Others find the container from now on, and it finds them. */
  void joined(SandboxState state, Trace trace) {
    long start = System.nanoTime();
    if (state.namePort() > 0) {
      open(state, state.namePort());
      record(state, start, trace);
    }
    enter(state);
  }

  private void open(SandboxState state, int port) {
    Sandbox sandbox = state.sandbox();
    ContainerNames names = new ContainerNames(index, links(state));
    Path namespace = sandbox.namespacePath().orElseThrow();
    try (Undo undo = new Undo()) {
      ServedContainer served =
          ServedContainer.open(kernel, namespace, port, names, upstreams(state));
      undo.push("close the name server's sockets", served::close);
      server.serve(sandbox.containerId(), served);
      undo.commit();
    }
    views.put(sandbox.containerId(), names);
  }

  private static Map<String, String> links(SandboxState state) {
    Map<String, String> links = new LinkedHashMap<>();
    state.links().forEach(link -> links.put(link.alias(), link.containerId()));
    return links;
  }

  private Upstreams upstreams(SandboxState state) {
    return files.upstreams(state.names().orElseThrow(), state.sandbox().outside().isPresent());
  }

  private void enter(SandboxState state) {
    Sandbox sandbox = state.sandbox();
    Map<String, String> networks = new LinkedHashMap<>();
    for (Endpoint endpoint : sandbox.endpoints()) {
      if (isNamed(endpoint)) {
        networks.put(endpoint.networkId(), endpoint.networkName());
        List<String> names = names(state, endpoint);
        index.put(endpoint.networkId(), sandbox.containerId(), endpoint.addresses(), names);
        endpoint.address().ifPresent(a -> announce(sandbox, endpoint, a.address(), names));
      }
    }
    Optional.ofNullable(views.get(sandbox.containerId())).ifPresent(v -> v.networks(networks));
  }

  private void announce(Sandbox sandbox, Endpoint endpoint, Ipv4 address, List<String> names) {
    announcer.accept(
        new SharedEndpoint(
            endpoint.networkId(),
            address,
            ANY_HOST,
            sandbox.containerId(),
            endpoint.id(),
            endpoint.mac(),
            names));
  }

  /** As Docker has them: name, aliases, short id, host name. */
  private static List<String> names(SandboxState state, Endpoint endpoint) {
    List<String> names = new ArrayList<>();
    names.add(state.sandbox().containerName());
    names.addAll(endpoint.aliases());
    names.add(Ids.brief(state.sandbox().containerId()));
    state.names().map(NamesSpec::hostname).filter(n -> !n.isEmpty()).ifPresent(names::add);
    return names;
  }

  /** A running container's networks have changed. */
  void moved(SandboxState before, SandboxState after) {
    before.sandbox().endpoints().forEach(e -> forget(before, e));
    enter(after);
    server.find(after.sandbox().containerId()).ifPresent(s -> s.upstreams(upstreams(after)));
  }

  /**
   * Gives a running container its server, which it needs from its first user-defined network on.
   *
   * @return the port, which the container may not use itself
   */
  int begin(SandboxState state, Fd namespace) {
    int port = openAnywhere(state);
    try {
      redirect.set(namespace, port).await();
      files.switchToServer(state.names().orElseThrow());
      return port;
    } catch (RuntimeException e) {
      close(state.sandbox().containerId());
      throw e;
    }
  }

  /**
   * Serves a container again after a restart of the engine.
   *
   * @return the same state, or with another port where somebody in the container took the old one
   */
  SandboxState resume(SandboxState state) {
    enter(state);
    if (state.namePort() == 0) {
      return state;
    }
    try {
      open(state, state.namePort());
      enter(state);
      return state;
    } catch (SyscallException e) {
      if (!e.is(Errno.EADDRINUSE)) {
        throw e;
      }
    }
    int port = openAnywhere(state);
    enter(state);
    String path = state.sandbox().namespacePath().orElseThrow().toString();
    try (Fd namespace = kernel.files().open(path, OpenFlags.O_RDONLY, 0)) {
      redirect.change(namespace, port).await();
    }
    return state.withNamePort(port);
  }

  private int openAnywhere(SandboxState state) {
    for (int attempt = 1; ; attempt++) {
      int port = random.nextInt(FIRST_PORT, LAST_PORT + 1);
      try {
        open(state, port);
        return port;
      } catch (SyscallException e) {
        if (!e.is(Errno.EADDRINUSE) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The container is gone: nobody finds it any more, and its sockets are closed. */
  void left(SandboxState state) {
    close(state.sandbox().containerId());
    state.sandbox().endpoints().forEach(e -> forget(state, e));
  }

  private void forget(SandboxState state, Endpoint endpoint) {
    index.remove(endpoint.networkId(), state.sandbox().containerId());
  }

  private void close(String containerId) {
    views.remove(containerId);
    server.end(containerId);
  }

  private static void record(SandboxState state, long start, Trace trace) {
    String namespace = state.sandbox().namespaceName();
    int port = state.namePort();
    trace.record(
        Stage.NAMES,
        "answer the container's questions for names (by hand nobody does)",
        () -> "bind(" + ServedContainer.ADDRESS + ":" + port + ") in the namespace, UDP and TCP",
        "0",
        start,
        () -> "true # the engine answers at " + ServedContainer.ADDRESS + ":" + port);
    for (String command : NameRedirect.describe(port)) {
      trace.record(
          Stage.NAMES,
          "lead port 53 of " + ServedContainer.ADDRESS + " there",
          () -> "iptables-restore --noflush: " + command,
          "ok",
          0,
          () -> "ip netns exec " + namespace + " " + command);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
