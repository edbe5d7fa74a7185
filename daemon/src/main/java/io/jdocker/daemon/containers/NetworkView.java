package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.EndpointDocument.AddressDocument;
import io.jdocker.daemon.containers.HostConfigDocument.PortBindingDocument;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.EndpointIpv6;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.Networks;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Sandbox;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Shows a container's place on its networks, while it runs and while it does not. */
final class NetworkView {
  private final Networks networks;
  private final Container container;
  private final Optional<Sandbox> sandbox;
  private final List<String> furtherAliases;

  NetworkView(Networks networks, Container container) {
    this(networks, container, false);
  }

  /**
   * As versions of the API differ.
   *
   * @param old whether short id and host name count as aliases, which they did below 1.45
   */
  NetworkView(Networks networks, Container container, boolean old) {
    this.networks = networks;
    this.container = container;
    this.sandbox = networks.find(container.id().hex());
    this.furtherAliases =
        old ? List.of(container.id().shortForm(), container.record().spec().hostname()) : List.of();
  }

  NetworkSettingsDocument settings() {
    Map<String, EndpointDocument> endpoints = endpoints();
    EndpointDocument main = endpoints.getOrDefault(Network.DEFAULT, empty(Optional.empty(), ""));
    return new NetworkSettingsDocument(
        "",
        sandbox.map(Sandbox::id).orElse(""),
        sandbox.flatMap(Sandbox::namespacePath).map(Object::toString).orElse(""),
        ports(),
        false,
        "",
        0,
        Optional.empty(),
        Optional.empty(),
        main.endpointId(),
        main.gateway(),
        main.globalIpv6Address(),
        main.globalIpv6PrefixLen(),
        main.ipAddress(),
        main.ipPrefixLen(),
        main.ipv6Gateway(),
        main.macAddress(),
        endpoints);
  }

  /** By network name. Of a container that does not run, the networks it will be on. */
  Map<String, EndpointDocument> endpoints() {
    Map<String, EndpointDocument> result = new TreeMap<>();
    if (sandbox.isPresent() && !sandbox.get().endpoints().isEmpty()) {
      sandbox.get().endpoints().forEach(e -> result.put(e.networkName(), document(e)));
      return result;
    }
    NetworkingSpec wish = container.record().spec().networking();
    String mode = wish.mode().equals("default") ? Network.DEFAULT : wish.mode();
    if (mode.startsWith("container:") || mode.startsWith("ns:")) {
      return result;
    }
    add(result, mode);
    wish.endpoints().keySet().forEach(name -> add(result, name));
    return result;
  }

  private void add(Map<String, EndpointDocument> result, String reference) {
    // A network may be gone while a container that names it is left.
    Optional<Network> network =
        networks.list().stream()
            .filter(n -> n.name().equals(reference) || n.id().equals(reference))
            .findFirst();
    result.putIfAbsent(
        network.map(Network::name).orElse(reference),
        empty(
            Optional.ofNullable(container.record().spec().networking().endpoints().get(reference)),
            network.map(Network::id).orElse("")));
  }

  private List<String> aliases(String network, List<String> own) {
    if (List.of(Network.DEFAULT, Network.HOST, Network.NONE).contains(network)) {
      return own;
    }
    return Stream.concat(own.stream(), furtherAliases.stream())
        .filter(alias -> !alias.isEmpty())
        .distinct()
        .toList();
  }

  private static EndpointDocument empty(Optional<EndpointRequest> wish, String networkId) {
    return new EndpointDocument(
        wish.flatMap(w -> fixed(w.ipv4Address(), w.ipv6Address())),
        Optional.empty(),
        wish.map(EndpointRequest::aliases),
        wish.map(EndpointRequest::macAddress).orElse(""),
        wish.map(EndpointRequest::driverOptions).filter(options -> !options.isEmpty()),
        wish.map(EndpointRequest::gatewayPriority).orElse(0),
        networkId,
        "",
        "",
        "",
        0,
        "",
        "",
        0,
        Optional.empty());
  }

  private static Optional<AddressDocument> fixed(String four, String six) {
    return four.isEmpty() && six.isEmpty()
        ? Optional.empty()
        : Optional.of(new AddressDocument(four, six, List.of()));
  }

  private EndpointDocument document(Endpoint endpoint) {
    List<String> names = new ArrayList<>(List.of(container.record().name()));
    names.addAll(endpoint.aliases());
    names.add(container.id().shortForm());
    String address = endpoint.address().map(Cidr::address).map(Ipv4::toString).orElse("");
    boolean userDefined =
        !List.of(Network.DEFAULT, Network.HOST, Network.NONE).contains(endpoint.networkName());
    return new EndpointDocument(
        fixed(
            endpoint.fixedAddress() ? address : "",
            endpoint.ipv6().filter(EndpointIpv6::fixed).map(NetworkView::ipv6).orElse("")),
        Optional.empty(),
        Optional.of(aliases(endpoint.networkName(), endpoint.aliases())),
        endpoint.mac().map(MacAddress::toString).orElse(""),
        wish(endpoint).map(EndpointRequest::driverOptions).filter(options -> !options.isEmpty()),
        wish(endpoint).map(EndpointRequest::gatewayPriority).orElse(0),
        endpoint.networkId(),
        endpoint.id(),
        endpoint.gateway().map(Ipv4::toString).orElse(""),
        address,
        endpoint.address().map(Cidr::prefix).orElse(0),
        endpoint.ipv6().flatMap(EndpointIpv6::gateway).map(Ipv6::toString).orElse(""),
        endpoint.ipv6().map(NetworkView::ipv6).orElse(""),
        endpoint.ipv6().map(six -> six.address().prefix()).orElse(0),
        userDefined ? Optional.of(names.stream().distinct().toList()) : Optional.empty());
  }

  private static String ipv6(EndpointIpv6 place) {
    return place.address().address().toString();
  }

  private Optional<EndpointRequest> wish(Endpoint endpoint) {
    Map<String, EndpointRequest> wishes = container.record().spec().networking().endpoints();
    return Optional.ofNullable(wishes.get(endpoint.networkName()))
        .or(() -> Optional.ofNullable(wishes.get(endpoint.networkId())));
  }

  /** Of a running container, every exposed port: null where it is not published. */
  Map<String, Optional<List<PortBindingDocument>>> ports() {
    Map<String, Optional<List<PortBindingDocument>>> result = new LinkedHashMap<>();
    if (sandbox.isEmpty()) {
      return result;
    }
    Map<String, List<PortBindingDocument>> published = new TreeMap<>();
    for (PortBinding binding : bindings()) {
      published
          .computeIfAbsent(binding.container().toString(), port -> new ArrayList<>())
          .add(
              new PortBindingDocument(binding.hostAddress(), Integer.toString(binding.hostPort())));
    }
    container
        .record()
        .spec()
        .exposedPorts()
        .forEach(port -> result.put(port, Optional.ofNullable(published.remove(port))));
    published.forEach((port, bound) -> result.put(port, Optional.of(bound)));
    return result;
  }

  /** The ports of the host; a routed network has none, there its containers' ports are exposed. */
  List<PortBinding> bindings() {
    return sandbox.map(Sandbox::bindings).orElse(List.of()).stream()
        .filter(binding -> !binding.isRouted())
        .toList();
  }
}
