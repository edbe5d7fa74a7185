package io.jdocker.network;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.LinkRules;
import io.jdocker.network.names.HostLine;
import io.jdocker.network.names.HostsFile;
import io.jdocker.network.names.LinkEnvironment;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.state.SandboxState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What containers know of each other: the lines in /etc/hosts, the variables of links, and the
 * firewall rules of links where a network forbids its containers to talk.
 *
 * <p>On user-defined networks {@link NameService} answers names; only on the default bridge are
 * links written to hosts files. Thread-safe.
 */
final class Neighbours {
  private final Map<String, LiveSandbox> byContainer;
  private final NetworkCatalog catalog;
  private final Firewall firewall;
  private final NameFiles files;

  /** Who links to a container. */
  private final ConcurrentMap<String, Set<String>> dependents = new ConcurrentHashMap<>();

  /** The link rules that stand for a container. */
  private final ConcurrentMap<String, List<LinkRules>> rules = new ConcurrentHashMap<>();

  Neighbours(
      Map<String, LiveSandbox> byContainer,
      NetworkCatalog catalog,
      Firewall firewall,
      NameFiles files) {
    this.byContainer = byContainer;
    this.catalog = catalog;
    this.firewall = firewall;
    this.files = files;
  }

  /** Refuses links to containers that do not run, and add-host values that are none. */
  void validate(SandboxRequest request) {
    request.names().ifPresent(n -> HostsFile.extra(n.extraHosts(), "0.0.0.0"));
    for (Link link : request.links()) {
      if (!byContainer.containsKey(link.containerId())) {
        throw new Conflict(
            "Cannot link to a non running container: /"
                + link.containerName()
                + " AS /"
                + request.containerName()
                + "/"
                + link.alias());
      }
    }
  }

  /** The variables that links add; on user-defined networks links are names only. */
  List<String> environment(SandboxRequest request, List<Endpoint> endpoints) {
    List<String> variables = new ArrayList<>();
    boolean byDefault = endpoints.stream().anyMatch(e -> e.networkName().equals(Network.DEFAULT));
    if (byDefault) {
      for (Link link : request.links()) {
        peer(link, endpoints)
            .ifPresent(
                p ->
                    variables.addAll(
                        LinkEnvironment.of(request.containerName(), link, p.address())));
      }
    }
    return variables;
  }

  /** A linked container's address on a network that both are on. */
  private record Peer(Endpoint own, Ipv4 address) {}

  private Optional<Peer> peer(Link link, List<Endpoint> endpoints) {
    LiveSandbox target = byContainer.get(link.containerId());
    Optional<SandboxState> state = target == null ? Optional.empty() : target.state();
    return state.flatMap(
        s ->
            endpoints.stream()
                .flatMap(
                    own ->
                        s.sandbox().endpoints().stream()
                            .filter(e -> e.networkId().equals(own.networkId()))
                            .flatMap(e -> e.address().stream())
                            .map(a -> new Peer(own, a.address())))
                .findFirst());
  }

  /** A container has come: its own files and rules, then those of whom it concerns. */
  void joined(SandboxState state, Trace trace) {
    for (Link link : state.links()) {
      dependents
          .computeIfAbsent(link.containerId(), c -> ConcurrentHashMap.newKeySet())
          .add(state.sandbox().containerId());
    }
    setRules(state.sandbox().containerId(), wantedRules(state));
    boolean named = state.namePort() > 0;
    state
        .names()
        .ifPresent(n -> files.write(n, lines(state, n), inOwnNamespace(state), named, trace));
    concerned(state).forEach(this::refresh);
  }

  /** A container has gone: its rules go, and those who knew it forget it. */
  void left(SandboxState state) {
    String containerId = state.sandbox().containerId();
    for (Link link : state.links()) {
      Set<String> known = dependents.get(link.containerId());
      if (known != null) {
        known.remove(containerId);
      }
    }
    setRules(containerId, List.of());
    concerned(state).forEach(this::refresh);
  }

  /** A running container's networks have changed. */
  void moved(SandboxState state) {
    refresh(state.sandbox().containerId());
    concerned(state).forEach(this::refresh);
  }

  /** Who links to that container. */
  private Set<String> concerned(SandboxState state) {
    String containerId = state.sandbox().containerId();
    Set<String> concerned = new LinkedHashSet<>(dependents.getOrDefault(containerId, Set.of()));
    concerned.remove(containerId);
    return concerned;
  }

  private void refresh(String containerId) {
    LiveSandbox live = byContainer.get(containerId);
    if (live == null) {
      return;
    }
    synchronized (live.names()) { // innermost of all locks: nothing else is locked below
      live.state()
          .ifPresent(
              state -> {
                setRules(containerId, wantedRules(state));
                state
                    .names()
                    .filter(files::exist)
                    .ifPresent(
                        n ->
                            files.writeHosts(
                                n, lines(state, n), inOwnNamespace(state), Trace.off()));
              });
    }
  }

  private static boolean inOwnNamespace(SandboxState state) {
    return state.sandbox().namespacePath().isPresent();
  }

  /** What follows the localhost lines: --add-host, links, the container itself, its peers. */
  private List<HostLine> lines(SandboxState state, NamesSpec names) {
    List<Endpoint> endpoints = state.sandbox().endpoints();
    List<HostLine> lines = new ArrayList<>(HostsFile.extra(names.extraHosts(), gateway(endpoints)));
    for (Link link : state.links()) {
      peer(link, endpoints)
          .filter(p -> p.own().networkName().equals(Network.DEFAULT))
          .ifPresent(
              p ->
                  lines.add(
                      new HostLine(
                          p.address().toString(),
                          List.of(
                              link.alias(), Ids.brief(link.containerId()), link.containerName()))));
    }
    List<String> own = new ArrayList<>();
    if (!names.domainname().isEmpty()) {
      own.add(names.hostname() + "." + names.domainname());
    }
    own.add(names.hostname());
    int dot = names.hostname().indexOf('.');
    if (dot > 0) {
      own.add(names.hostname().substring(0, dot));
    }
    for (Endpoint endpoint : endpoints) {
      endpoint.addresses().forEach(a -> lines.add(new HostLine(a.toString(), own)));
    }
    return lines;
  }

  /** What host-gateway stands for: the default bridge's address, or that of the own network. */
  private static String gateway(List<Endpoint> endpoints) {
    return endpoints.stream()
        .filter(e -> e.gateway().isPresent())
        .findFirst()
        .flatMap(Endpoint::gateway)
        .map(Ipv4::toString)
        .orElse("127.0.0.1");
  }

  private List<LinkRules> wantedRules(SandboxState state) {
    List<LinkRules> wanted = new ArrayList<>();
    for (Link link : state.links()) {
      Optional<Peer> peer = peer(link, state.sandbox().endpoints());
      if (peer.isEmpty()) {
        continue;
      }
      Network network = catalog.get(peer.get().own().networkId());
      if (!BridgeOptions.of(network).communication()) {
        Ipv4 own = peer.get().own().address().orElseThrow().address();
        wanted.add(new LinkRules(network.bridge(), own, peer.get().address(), link.exposed()));
      }
    }
    return wanted;
  }

  private void setRules(String containerId, List<LinkRules> wanted) {
    List<LinkRules> present =
        wanted.isEmpty()
            ? Optional.ofNullable(rules.remove(containerId)).orElse(List.of())
            : Optional.ofNullable(rules.put(containerId, wanted)).orElse(List.of());
    present.stream().filter(r -> !wanted.contains(r)).forEach(r -> firewall.removeLink(r).await());
    wanted.stream().filter(r -> !present.contains(r)).forEach(r -> firewall.addLink(r).await());
  }
}
