package io.jdocker.network;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.ipam.LocalPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Turns a wish for IPv6 addresses into a network's: checks it, chooses what was left open. */
final class Ipam6Factory {
  private static final int LONGEST_PREFIX = 126;
  private static final int SHORTEST_PREFIX = 16;

  private Ipam6Factory() {}

  /**
   * What a network gives out.
   *
   * @param taken the subnets of other networks
   * @param onHost what the host's addresses and routes cover; only where we choose do we care
   */
  static Ipam6Config of(
      SubnetSpec spec, LocalPrefix prefix, Collection<Cidr6> taken, Collection<Cidr6> onHost) {
    if (spec.subnet().isEmpty()) {
      if (spec.range().isPresent() || spec.gateway().isPresent()) {
        throw new InvalidArgument("--gateway and --ip-range need a --subnet");
      }
      List<Cidr6> all = new ArrayList<>(taken);
      all.addAll(onHost);
      return Ipam6Config.of(prefix.choose(all));
    }
    Cidr6 subnet = subnet(spec.subnet().get());
    LocalPrefix.requireFree(subnet, taken);
    Ipv6 gateway = spec.gateway().map(g -> gateway(g, subnet)).orElse(subnet.first().plus(1));
    return new Ipam6Config(
        subnet,
        spec.range().map(r -> range(r, subnet)),
        gateway,
        ReservedAddresses.of(spec.reserved(), Ipv6::parse, subnet::contains, gateway));
  }

  private static Cidr6 subnet(String text) {
    Cidr6 cidr =
        Cidr6.parse(text)
            .orElseThrow(
                () ->
                    new InvalidArgument(
                        "Invalid subnet " + text + " : invalid CIDR address: " + text));
    if (cidr.prefix() > LONGEST_PREFIX || cidr.prefix() < SHORTEST_PREFIX) {
      throw new InvalidArgument(
          "Invalid subnet " + text + " : the prefix length must be in 16 to 126");
    }
    if (!cidr.address().equals(cidr.first())) {
      throw new InvalidArgument("invalid subnet " + text + ": it should be " + cidr.subnet());
    }
    Ipv6 address = cidr.address();
    if (address.isLinkLocal() || address.high() >>> 56 == 0xff || address.high() == 0) {
      throw new InvalidArgument(
          "invalid subnet " + text + ": it is no subnet of unicast addresses that can be routed");
    }
    return cidr;
  }

  private static Ipv6 gateway(String text, Cidr6 subnet) {
    Ipv6 gateway =
        Ipv6.parse(text).orElseThrow(() -> new InvalidArgument("invalid gateway address: " + text));
    if (!subnet.contains(gateway) || gateway.equals(subnet.first())) {
      throw new InvalidArgument("gateway " + text + " is no host address of subnet " + subnet);
    }
    return gateway;
  }

  private static Cidr6 range(String text, Cidr6 subnet) {
    Cidr6 range =
        Cidr6.parse(text).orElseThrow(() -> new InvalidArgument("invalid ip-range: " + text));
    if (!subnet.contains(range)) {
      throw new InvalidArgument("ip-range " + text + " is not inside subnet " + subnet);
    }
    return range.subnet();
  }
}
