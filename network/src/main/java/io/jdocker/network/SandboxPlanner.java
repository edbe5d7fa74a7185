package io.jdocker.network;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.ipam.AddressPool6;
import io.jdocker.network.ipam.Addresses;
import io.jdocker.network.ports.PortWays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Works out what a sandbox will have: networks, addresses, link names. Addresses are taken here;
 * nothing else is touched. Thread-safe.
 */
final class SandboxPlanner {
  private static final Set<String> ENDPOINT_OPTIONS =
      Set.of(Bandwidth.RATE, Bandwidth.RATE_IN, Bandwidth.RATE_OUT);

  private final NetworkCatalog catalog;
  private final Drivers drivers;
  private final Ids ids;

  SandboxPlanner(NetworkCatalog catalog, Drivers drivers, Ids ids) {
    this.catalog = catalog;
    this.drivers = drivers;
    this.ids = ids;
  }

  /** Refuses wishes that contradict each other, in Docker's words. */
  void validate(SandboxRequest request) {
    boolean joined =
        request.mode() instanceof NetworkMode.Container
            || request.mode() instanceof NetworkMode.NamespacePath;
    if (joined && (!request.ports().isEmpty() || request.publishAll())) {
      throw new InvalidArgument(
          "conflicting options: port publishing and the container type network mode");
    }
    if (joined && !request.links().isEmpty()) {
      throw new InvalidArgument(
          "conflicting options: container type network can't be used with links."
              + " This would result in undefined behavior");
    }
    if (request.mode() instanceof NetworkMode.Host && !request.links().isEmpty()) {
      throw new InvalidArgument(
          "conflicting options: host type networking can't be used with links."
              + " This would result in undefined behavior");
    }
  }

  /** The endpoints of a container with an own namespace; the undo gives addresses back. */
  List<Endpoint> endpoints(SandboxRequest request, Undo undo) {
    Map<Network, EndpointSpec> wanted = wanted(request);
    Optional<Network> routed = routed(wanted);
    Optional<Network> routed6 = routed6(wanted);
    List<Endpoint> endpoints = new ArrayList<>();
    for (Map.Entry<Network, EndpointSpec> entry : wanted.entrySet()) {
      Network network = entry.getKey();
      DefaultRoutes routes =
          new DefaultRoutes(
              routed.filter(network::equals).isPresent(),
              routed6.filter(network::equals).isPresent());
      endpoints.add(endpoint(network, entry.getValue(), "eth" + endpoints.size(), routes, undo));
    }
    return endpoints;
  }

  /**
   * The network that the default route goes by, as Docker chooses: of those with a gateway the one
   * with the highest priority, and among equals the first by name.
   */
  static Optional<Network> routed(Map<Network, EndpointSpec> wanted) {
    return first(wanted, network -> network.ipam().isPresent());
  }

  /** The network that the IPv6 default route goes by, which may be another. */
  static Optional<Network> routed6(Map<Network, EndpointSpec> wanted) {
    return first(wanted, network -> network.ipam6().isPresent());
  }

  private static Optional<Network> first(
      Map<Network, EndpointSpec> wanted, Predicate<Network> addressed) {
    return wanted.entrySet().stream()
        .filter(e -> addressed.test(e.getKey()) && !e.getKey().internal())
        .min(
            Comparator.comparingInt(
                    (Map.Entry<Network, EndpointSpec> e) -> -e.getValue().gatewayPriority())
                .thenComparing(e -> e.getKey().name()))
        .map(Map.Entry::getKey);
  }

  /** The mode's own network first, then the others in their order, each once. */
  private Map<Network, EndpointSpec> wanted(SandboxRequest request) {
    Map<Network, EndpointSpec> wanted = new LinkedHashMap<>();
    for (EndpointSpec spec : request.endpoints()) {
      if (wanted.putIfAbsent(catalog.get(spec.network()), spec) != null) {
        throw new InvalidArgument("network " + spec.network() + " is named twice");
      }
    }
    Network own = catalog.get(networkOf(request.mode()));
    if (!wanted.containsKey(own)) {
      Map<Network, EndpointSpec> first = new LinkedHashMap<>();
      first.put(own, EndpointSpec.on(own.name()));
      first.putAll(wanted);
      wanted = first;
    }
    if (wanted.size() > 1
        && !wanted.keySet().stream().allMatch(n -> drivers.of(n).traits().links())) {
      throw new InvalidArgument(
          "conflicting options: "
              + own.name()
              + " cannot be combined with other networks on one container");
    }
    return wanted;
  }

  private static String networkOf(NetworkMode mode) {
    if (mode instanceof NetworkMode.UserNetwork user) {
      return user.name();
    }
    if (mode instanceof NetworkMode.Host) {
      return Network.HOST;
    }
    return mode instanceof NetworkMode.None ? Network.NONE : Network.DEFAULT;
  }

  /** Which of a container's default routes an endpoint holds. */
  record DefaultRoutes(boolean four, boolean six) {}

  /** One endpoint; its address is taken and given back by the undo. */
  Endpoint endpoint(
      Network network, EndpointSpec spec, String link, DefaultRoutes routes, Undo undo) {
    String id = ids.next();
    Driver.Traits traits = drivers.of(network).traits();
    Bandwidth bandwidth = bandwidth(network, spec, traits);
    if (network.ipam().isEmpty()) {
      return new Endpoint(
          id,
          network.id(),
          network.name(),
          traits.links() ? link : "",
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          spec.aliases(),
          Bandwidth.UNLIMITED);
    }
    IpamConfig ipam = network.ipam().get();
    MacAddress chosenMac = spec.mac().orElse(null);
    if (chosenMac != null && !chosenMac.isUnicast()) {
      throw new InvalidArgument("invalid MAC address " + chosenMac + ": it is a group address");
    }
    Ipv4 address = takeAddress(network, spec, undo);
    Optional<EndpointIpv6> six = takeIpv6(network, spec, routes.six(), undo);
    return new Endpoint(
        id,
        network.id(),
        network.name(),
        link,
        traits.bridge() ? "veth" + id.substring(0, 7) : "",
        Optional.of(new Cidr(address, ipam.subnet().prefix())),
        six,
        network.internal() ? Optional.empty() : Optional.of(ipam.gateway()),
        traits.ownMac()
            ? Optional.of(chosenMac == null ? MacAddress.of(address) : chosenMac)
            : Optional.empty(),
        routes.four(),
        spec.address().isPresent(),
        spec.aliases(),
        bandwidth);
  }

  private static Bandwidth bandwidth(Network network, EndpointSpec spec, Driver.Traits traits) {
    for (String option : spec.options().keySet()) {
      if (!ENDPOINT_OPTIONS.contains(option)) {
        throw new Unsupported(
            "endpoint on network " + network.name() + ": unknown driver option " + option);
      }
    }
    Bandwidth bandwidth = Bandwidth.of(spec.options());
    if (!bandwidth.isUnlimited() && !traits.bridge()) {
      throw new InvalidArgument(
          "driver " + network.driver() + " cannot limit how fast a container is: bridge can");
    }
    return bandwidth;
  }

  private Optional<EndpointIpv6> takeIpv6(
      Network network, EndpointSpec spec, boolean defaultRoute, Undo undo) {
    if (network.ipam6().isEmpty()) {
      if (spec.address6().isPresent()) {
        throw new InvalidArgument(
            network.predefined()
                ? "user specified IP address is supported on user defined networks only"
                : "user specified IP address is supported only when connecting to networks with"
                    + " user configured subnets: network "
                    + network.name()
                    + " has no IPv6");
      }
      return Optional.empty();
    }
    Ipam6Config ipam = network.ipam6().get();
    AddressPool6 pool = catalog.pool6(network.id());
    Ipv6 address;
    if (spec.address6().isPresent()) {
      address = spec.address6().get();
      pool.allocate(address);
    } else {
      address = pool.allocate();
    }
    undo.push("release " + address, () -> pool.release(address));
    return Optional.of(
        new EndpointIpv6(
            new Cidr6(address, ipam.subnet().prefix()),
            network.internal() ? Optional.empty() : Optional.of(ipam.gateway()),
            defaultRoute,
            spec.address6().isPresent()));
  }

  private Ipv4 takeAddress(Network network, EndpointSpec spec, Undo undo) {
    Addresses pool = catalog.pool(network.id());
    Ipv4 address;
    if (spec.address().isPresent()) {
      if (network.predefined()) {
        throw new InvalidArgument(
            "user specified IP address is supported on user defined networks only");
      }
      address = spec.address().get();
      pool.allocate(address);
    } else {
      address = pool.allocate();
    }
    undo.push("release " + address, () -> pool.release(address));
    return address;
  }

  /**
   * The ports to publish: those asked for, and with {@code -P} every exposed one that was not.
   * Without a default route there is no way in: nothing is published then, as with Docker.
   */
  List<PortMapping> ports(SandboxRequest request, List<Endpoint> endpoints) {
    if (ways(endpoints).isNone()) {
      return List.of();
    }
    Optional<String> hostAddress =
        outside(endpoints, Family.IPV4).flatMap(bridge -> options(bridge).hostAddress());
    List<PortMapping> mappings = new ArrayList<>();
    for (PortMapping mapping : request.ports()) {
      mappings.add(
          new PortMapping(
              mapping.container(),
              mapping
                  .hostAddress()
                  .filter(a -> !a.isEmpty() && !a.equals("0.0.0.0"))
                  .map(SandboxPlanner::canonical)
                  .or(() -> anyAddress(mapping).or(() -> hostAddress)),
              mapping.firstHostPort(),
              mapping.lastHostPort()));
    }
    if (request.publishAll()) {
      Set<Port> exposed = new TreeSet<>(request.exposed());
      request.ports().forEach(m -> exposed.remove(m.container()));
      exposed.forEach(p -> mappings.add(new PortMapping(p, hostAddress, 0, 0)));
    }
    return mappings;
  }

  /** One address, one text: 0:0::1 is ::1. */
  private static String canonical(String address) {
    return Ip.parse(address).map(Ip::toString).orElse(address);
  }

  /** How the ports of a container with these endpoints are reached. */
  PortWays ways(List<Endpoint> endpoints) {
    PortWays.Way four = way(endpoints, Family.IPV4).orElse(PortWays.Way.NONE);
    PortWays.Way relayed = four == PortWays.Way.HOST ? PortWays.Way.RELAYED : PortWays.Way.NONE;
    return new PortWays(four, way(endpoints, Family.IPV6).orElse(relayed));
  }

  private Optional<PortWays.Way> way(List<Endpoint> endpoints, Family family) {
    return outside(endpoints, family)
        .map(bridge -> options(bridge).gatewayMode(family))
        .map(mode -> mode.isRouted() ? PortWays.Way.ROUTED : PortWays.Way.HOST);
  }

  /** The endpoint by which the world comes in, where it is on a bridge of the host. */
  private Optional<Endpoint> outside(List<Endpoint> endpoints, Family family) {
    return endpoints.stream().filter(e -> e.isOutside(family)).findFirst().filter(this::isBridge);
  }

  private BridgeOptions options(Endpoint endpoint) {
    return BridgeOptions.of(catalog.get(endpoint.networkId()));
  }

  private boolean isBridge(Endpoint endpoint) {
    return drivers.of(catalog.get(endpoint.networkId())).traits().bridge();
  }

  /** An explicit 0.0.0.0 stays: it means every IPv4 address and no IPv6 one. */
  private static Optional<String> anyAddress(PortMapping mapping) {
    return mapping.hostAddress().filter(a -> a.equals("0.0.0.0"));
  }

  /** The lowest ethN that none of the endpoints has. */
  static String freeLink(List<Endpoint> endpoints) {
    for (int i = 0; i <= endpoints.size(); i++) {
      String link = "eth" + i;
      if (endpoints.stream().noneMatch(e -> e.link().equals(link))) {
        return link;
      }
    }
    throw new Conflict("no free name for another link of the container");
  }
}
