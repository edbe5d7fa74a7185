package io.jdocker.network;

import java.util.List;
import java.util.Optional;

/**
 * How a container wants to be on a network.
 *
 * @param network name or id of the network
 * @param address a fixed address (user-defined networks only); empty for the next free one
 * @param mac empty for 02:42 and the address
 * @param aliases further names on that network
 * @param gatewayPriority {@code gw-priority}: of several networks the one with the highest has the
 *     default route
 */
public record EndpointSpec(
    String network,
    Optional<Ipv4> address,
    Optional<MacAddress> mac,
    List<String> aliases,
    int gatewayPriority) {
  public EndpointSpec {
    aliases = List.copyOf(aliases);
  }

  /** The next free address of a network. */
  public static EndpointSpec on(String network) {
    return new EndpointSpec(network, Optional.empty(), Optional.empty(), List.of(), 0);
  }
}
