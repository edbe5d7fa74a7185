package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Link;
import io.jdocker.network.NamesSpec;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Port;
import io.jdocker.network.Sandbox;
import io.jdocker.network.SandboxRequest;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NetworkingSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Connects a container for its run, and disconnects it after. */
final class ContainerNetwork {
  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerLayout layout;
  private final ContainerEvents events;

  ContainerNetwork(
      EngineParts parts,
      ContainerRegistry registry,
      ContainerLayout layout,
      ContainerEvents events) {
    this.parts = parts;
    this.registry = registry;
    this.layout = layout;
    this.events = events;
  }

  /**
   * Connects it.
   *
   * @param fresh a network namespace for it; empty: one is made
   */
  Sandbox attach(Container container, Optional<Fd> fresh, Trace trace) {
    ContainerSpec spec = container.record().spec();
    NetworkMode mode = resolve(spec.networking().mode());
    boolean joined = mode instanceof NetworkMode.Container;
    SandboxRequest request =
        new SandboxRequest(
            container.id().hex(),
            container.record().name(),
            mode,
            NetworkWishes.endpoints(spec.networking()),
            NetworkWishes.ports(spec.networking()),
            spec.networking().publishAll(),
            ports(spec.exposedPorts()),
            links(spec.networking()),
            joined ? Optional.empty() : Optional.of(names(container)),
            fresh);
    Sandbox sandbox = attach(container, request, trace);
    sandbox
        .endpoints()
        .forEach(e -> events.network(container, "connect", e.networkId(), e.networkName()));
    return sandbox;
  }

  private Sandbox attach(Container container, SandboxRequest request, Trace trace) {
    try {
      return parts.networks().attach(request, trace);
    } catch (Conflict e) {
      // Docker's clients know a taken port by these words.
      throw new Conflict(
          "driver failed programming external connectivity on endpoint "
              + container.record().name()
              + " ("
              + container.id()
              + "): "
              + e.getMessage(),
          e);
    }
  }

  /** Gives everything back; does nothing where there is nothing. */
  void detach(Container container, Trace trace) {
    Optional<Sandbox> sandbox = parts.networks().find(container.id().hex());
    parts.networks().detach(container.id().hex(), trace);
    sandbox.ifPresent(
        s ->
            s.endpoints()
                .forEach(
                    e -> events.network(container, "disconnect", e.networkId(), e.networkName())));
  }

  /** The folder whose hosts, hostname and resolv.conf the container sees. */
  Path namesFolder(ContainerSpec spec, ContainerId own) {
    return joinedContainer(spec)
        .map(target -> namesFolder(target.record().spec(), target.id()))
        .orElseGet(() -> layout.folder(own));
  }

  /** The name that the container has for itself. */
  String hostname(Container container) {
    ContainerSpec spec = container.record().spec();
    Optional<Container> joined = joinedContainer(spec);
    if (joined.isPresent()) {
      return hostname(joined.get());
    }
    if (!spec.hostname().isEmpty()) {
      return spec.hostname();
    }
    boolean hosts =
        spec.networking().mode().equals("host")
            || spec.namespaces().uts() instanceof NamespaceMode.Host;
    return hosts ? HostName.ofThisMachine() : container.id().shortForm();
  }

  private NamesSpec names(Container container) {
    ContainerSpec spec = container.record().spec();
    NetworkingSpec network = spec.networking();
    return new NamesSpec(
        layout.folder(container.id()),
        hostname(container),
        spec.domainname(),
        network.extraHosts(),
        network.dns(),
        network.dnsSearch(),
        network.dnsOptions());
  }

  private NetworkMode resolve(String mode) {
    NetworkMode parsed = NetworkMode.parse(mode);
    if (parsed instanceof NetworkMode.Container named) {
      Container target = registry.get(named.containerId());
      if (!target.state().status().isAlive()) {
        throw new Conflict("cannot join network of a non running container: " + target.id());
      }
      return new NetworkMode.Container(target.id().hex());
    }
    return parsed;
  }

  private Optional<Container> joinedContainer(ContainerSpec spec) {
    return NetworkMode.parse(spec.networking().mode()) instanceof NetworkMode.Container named
        ? Optional.of(registry.get(named.containerId()))
        : Optional.empty();
  }

  private List<Link> links(NetworkingSpec spec) {
    List<Link> links = new ArrayList<>();
    for (String text : spec.links()) {
      int colon = text.indexOf(':');
      String name = colon < 0 ? text : text.substring(0, colon);
      String alias = colon < 0 ? text : text.substring(colon + 1);
      links.add(link(name, alias));
    }
    return links;
  }

  private Link link(String name, String alias) {
    Container target;
    try {
      target = registry.get(name);
    } catch (NotFound e) {
      throw new InvalidArgument("could not get container for " + name + ": " + e.getMessage(), e);
    }
    if (!target.state().status().isAlive()) {
      throw new Conflict(
          "Cannot link to a non running container: /" + target.record().name() + " AS " + alias);
    }
    if (target.record().spec().networking().mode().equals("host")) {
      throw new Conflict("conflicting options: host type networking can't be used with links");
    }
    String bare = alias.startsWith("/") ? alias.substring(1) : alias;
    return new Link(
        target.id().hex(),
        target.record().name(),
        bare,
        ports(target.record().spec().exposedPorts()),
        target.record().spec().process().environment());
  }

  private static Set<Port> ports(List<String> texts) {
    return texts.stream().map(NetworkWishes::port).collect(Collectors.toUnmodifiableSet());
  }
}
