package io.jdocker.network;

import java.util.Optional;

/**
 * The addresses a network gives out.
 *
 * @param subnet all of them
 * @param range the part of the subnet to take addresses from; empty for all of it
 * @param gateway the bridge's own address
 */
public record IpamConfig(Cidr subnet, Optional<Cidr> range, Ipv4 gateway) {
  /** The gateway with the subnet's prefix length, as the bridge carries it. */
  public Cidr gatewayAddress() {
    return new Cidr(gateway, subnet.prefix());
  }
}
