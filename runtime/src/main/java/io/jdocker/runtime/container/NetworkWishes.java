package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.EndpointSpec;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Port;
import io.jdocker.network.PortMapping;
import io.jdocker.runtime.spec.NetworkingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the network part of a specification into the network module's values. */
final class NetworkWishes {
  private static final Set<String> PREDEFINED = Set.of("", "default", "bridge", "host", "none");

  private NetworkWishes() {}

  static boolean isPredefined(String mode) {
    return PREDEFINED.contains(mode);
  }

  /** One for each network the container is to be on; the mode's own comes with its settings. */
  static List<EndpointSpec> endpoints(NetworkingSpec spec) {
    List<EndpointSpec> endpoints = new ArrayList<>();
    Map<String, NetworkingSpec.EndpointRequest> requests = new TreeMap<>(spec.endpoints());
    String primary = networkName(spec.mode());
    NetworkingSpec.EndpointRequest own = requests.remove(spec.mode());
    if (own == null) {
      own = requests.remove(primary);
    }
    if (own != null || !spec.macAddress().isEmpty()) {
      endpoints.add(endpoint(primary, own, spec.macAddress()));
    }
    requests.forEach((name, request) -> endpoints.add(endpoint(networkName(name), request, "")));
    return endpoints;
  }

  private static String networkName(String mode) {
    return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
  }

  private static EndpointSpec endpoint(
      String network, NetworkingSpec.EndpointRequest request, String containerMac) {
    if (request == null) {
      return new EndpointSpec(network, Optional.empty(), mac(containerMac), List.of(), 0);
    }
    String mac = request.macAddress().isEmpty() ? containerMac : request.macAddress();
    return new EndpointSpec(
        network,
        address(request.ipv4Address()),
        mac(mac),
        request.aliases(),
        request.gatewayPriority(),
        address6(request.ipv6Address()),
        request.driverOptions());
  }

  private static Optional<Ipv4> address(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Ipv4.parse(text).orElseThrow(() -> new InvalidArgument("invalid IPv4 address: " + text)));
  }

  private static Optional<Ipv6> address6(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Ipv6.parse(text).orElseThrow(() -> new InvalidArgument("invalid IPv6 address: " + text)));
  }

  private static Optional<MacAddress> mac(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        MacAddress.parse(text)
            .orElseThrow(() -> new InvalidArgument("invalid MAC address: " + text)));
  }

  static List<PortMapping> ports(NetworkingSpec spec) {
    return spec.ports().stream().map(NetworkWishes::port).toList();
  }

  static Port port(String text) {
    return Port.parse(text)
        .orElseThrow(() -> new InvalidArgument("invalid port specification: \"" + text + "\""));
  }

  private static PortMapping port(NetworkingSpec.PublishedPort published) {
    String range = published.hostPort();
    int dash = range.indexOf('-');
    int first = hostPort(dash < 0 ? range : range.substring(0, dash));
    int last = dash < 0 ? first : hostPort(range.substring(dash + 1));
    if (last < first || (dash >= 0 && first == 0)) {
      throw new InvalidArgument("invalid port specification: \"" + range + "\"");
    }
    return new PortMapping(
        port(published.containerPort()),
        Optional.of(published.hostIp()).filter(ip -> !ip.isEmpty()),
        first,
        last);
  }

  private static int hostPort(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new InvalidArgument("invalid port specification: \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }
}
