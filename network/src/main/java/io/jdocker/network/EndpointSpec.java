package io.jdocker.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a container wants to be on a network.
 *
 * @param network name or id of the network
 * @param address a fixed address (user-defined networks only); empty for the next free one
 * @param address6 a fixed IPv6 address; empty for the next free one
 * @param mac empty for 02:42 and the address
 * @param aliases further names on that network
 * @param gatewayPriority {@code gw-priority}: of several networks the one with the highest has the
 *     default route
 * @param options {@code driver-opt}: how this one endpoint is to be
 */
public record EndpointSpec(
    String network,
    Optional<Ipv4> address,
    Optional<MacAddress> mac,
    List<String> aliases,
    int gatewayPriority,
    Optional<Ipv6> address6,
    Map<String, String> options) {
  public EndpointSpec {
    aliases = List.copyOf(aliases);
    options = Map.copyOf(options);
  }

  /** A wish about IPv4 alone. */
  public EndpointSpec(
      String network,
      Optional<Ipv4> address,
      Optional<MacAddress> mac,
      List<String> aliases,
      int gatewayPriority) {
    this(network, address, mac, aliases, gatewayPriority, Optional.empty(), Map.of());
  }

  /** The next free address of a network. */
  public static EndpointSpec on(String network) {
    return new EndpointSpec(network, Optional.empty(), Optional.empty(), List.of(), 0);
  }
}
