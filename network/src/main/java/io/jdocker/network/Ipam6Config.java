package io.jdocker.network;

import java.util.Map;
import java.util.Optional;

/**
 * The IPv6 addresses a network gives out.
 *
 * @param subnet all of them
 * @param range the part of the subnet to take addresses from; empty for all of it
 * @param gateway the bridge's own address, or that of the router on a parent's network
 * @param reserved addresses that somebody else has, by a name for each; they are not given out
 */
public record Ipam6Config(
    Cidr6 subnet, Optional<Cidr6> range, Ipv6 gateway, Map<String, Ipv6> reserved) {
  public Ipam6Config {
    reserved = Map.copyOf(reserved);
  }

  /** All of a subnet; the gateway has its first address. */
  public static Ipam6Config of(Cidr6 subnet) {
    return new Ipam6Config(subnet, Optional.empty(), subnet.first().plus(1), Map.of());
  }

  /** The gateway with the subnet's prefix length, as the bridge carries it. */
  public Cidr6 gatewayAddress() {
    return new Cidr6(gateway, subnet.prefix());
  }
}
