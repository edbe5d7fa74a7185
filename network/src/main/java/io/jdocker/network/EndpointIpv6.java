package io.jdocker.network;

import java.util.Optional;

/**
 * A container's IPv6 address on a network.
 *
 * @param address with the subnet's prefix length
 * @param gateway the default route's next hop; empty without one
 * @param defaultRoute true where the container's IPv6 default route is here
 * @param fixed true where the user chose the address
 */
public record EndpointIpv6(
    Cidr6 address, Optional<Ipv6> gateway, boolean defaultRoute, boolean fixed) {
  /** The same as the holder of the default route, or not. */
  public EndpointIpv6 withDefaultRoute(boolean holder) {
    return new EndpointIpv6(address, gateway, holder, fixed);
  }
}
