package io.jdocker.network;

import java.util.List;
import java.util.Optional;

/**
 * A container's place on a network.
 *
 * @param id 64 hexadecimal digits
 * @param link name of the link inside the container, {@code eth0}; empty text on host and none
 * @param hostLink name of the other end on the host, {@code veth1a2b3c4}; empty text without one
 * @param address address with the subnet's prefix length; empty on host and none
 * @param gateway the default route's next hop; empty without one
 * @param defaultRoute true where the container's default route and its published ports are here
 * @param fixedAddress true where the user chose the address
 */
public record Endpoint(
    String id,
    String networkId,
    String networkName,
    String link,
    String hostLink,
    Optional<Cidr> address,
    Optional<Ipv4> gateway,
    Optional<MacAddress> mac,
    boolean defaultRoute,
    boolean fixedAddress,
    List<String> aliases) {
  public Endpoint {
    aliases = List.copyOf(aliases);
  }

  /** The same endpoint as the holder of the default route, or not. */
  public Endpoint withDefaultRoute(boolean holder) {
    return new Endpoint(
        id,
        networkId,
        networkName,
        link,
        hostLink,
        address,
        gateway,
        mac,
        holder,
        fixedAddress,
        aliases);
  }
}
