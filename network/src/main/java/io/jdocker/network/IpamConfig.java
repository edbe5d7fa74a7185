package io.jdocker.network;

import java.util.Map;
import java.util.Optional;

/**
 * The addresses a network gives out.
 *
 * @param subnet all of them
 * @param range the part of the subnet to take addresses from; empty for all of it
 * @param gateway the bridge's own address, or that of the router on a parent's network
 * @param reserved addresses that somebody else has, by a name for each; they are not given out
 */
public record IpamConfig(
    Cidr subnet, Optional<Cidr> range, Ipv4 gateway, Map<String, Ipv4> reserved) {
  public IpamConfig {
    reserved = reserved == null ? Map.of() : Map.copyOf(reserved); // files of earlier versions
  }

  /** All of a subnet. */
  public static IpamConfig of(Cidr subnet, Ipv4 gateway) {
    return new IpamConfig(subnet, Optional.empty(), gateway, Map.of());
  }

  /** The gateway with the subnet's prefix length, as the bridge carries it. */
  public Cidr gatewayAddress() {
    return new Cidr(gateway, subnet.prefix());
  }
}
