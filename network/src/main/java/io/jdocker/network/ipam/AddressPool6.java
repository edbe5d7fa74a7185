package io.jdocker.network.ipam;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Ipam6Config;
import io.jdocker.network.Ipv6;
import java.util.HashSet;
import java.util.Set;

/**
 * The IPv6 addresses of one network: who has one holds it until it is released. The lowest free
 * address is given first. The truth on disk are the sandbox files; this is their sum. Thread-safe.
 */
public final class AddressPool6 {
  private final Cidr6 subnet;
  private final Cidr6 range;
  private final Set<Ipv6> used = new HashSet<>();

  public AddressPool6(Ipam6Config config) {
    this.subnet = config.subnet();
    this.range = config.range().orElse(subnet).subnet();
    used.add(subnet.first()); // the subnet-router anycast address (RFC 4291, 2.6.1)
    used.add(config.gateway());
    used.addAll(config.reserved().values());
  }

  /** Takes the lowest free address of the range. */
  public synchronized Ipv6 allocate() {
    Ipv6 last = range.last();
    for (Ipv6 next = range.first(); range.contains(next); next = next.plus(1)) {
      if (used.add(next)) {
        return next;
      }
      if (next.equals(last)) {
        break; // the step after it could be the first address of all
      }
    }
    throw new Unavailable("no available IPv6 addresses on this network's address pools: " + range);
  }

  /** Takes the given address. */
  public synchronized void allocate(Ipv6 address) {
    if (!subnet.contains(address)) {
      throw new InvalidArgument(
          "Invalid address " + address + ": It does not belong to any of this network's subnets");
    }
    if (!used.add(address)) {
      throw new Conflict("Address already in use: " + address);
    }
  }

  public synchronized void release(Ipv6 address) {
    used.remove(address);
  }
}
