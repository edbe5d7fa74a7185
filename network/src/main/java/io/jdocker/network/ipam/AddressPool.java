package io.jdocker.network.ipam;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import java.util.BitSet;

/**
 * The addresses of one network: who has one holds it until it is released. The lowest free address
 * is given first. The truth on disk are the sandbox files; this is their sum. Thread-safe.
 */
public final class AddressPool implements Addresses {
  private final IpamConfig config;
  private final Cidr range;
  private final BitSet used = new BitSet();

  public AddressPool(IpamConfig config) {
    this.config = config;
    this.range = config.range().orElse(config.subnet()).subnet();
    used.set(offset(config.gateway()));
    config.reserved().values().forEach(address -> used.set(offset(address)));
    if (config.subnet().prefix() < 31) {
      // RFC 3021 gives networks of two addresses neither a network nor a broadcast address.
      used.set(0);
      used.set(offset(config.subnet().last()));
    }
  }

  @Override
  public synchronized Ipv4 allocate() {
    int free = used.nextClearBit(offset(range.first()));
    if (free > offset(range.last())) {
      throw new Unavailable(
          "no available IPv4 addresses on this network's address pools: " + range);
    }
    used.set(free);
    return config.subnet().first().plus(free);
  }

  @Override
  public synchronized void allocate(Ipv4 address) {
    if (!config.subnet().contains(address)) {
      throw new InvalidArgument(
          "Invalid address " + address + ": It does not belong to any of this network's subnets");
    }
    if (used.get(offset(address))) {
      throw new Conflict("Address already in use: " + address);
    }
    used.set(offset(address));
  }

  @Override
  public synchronized void release(Ipv4 address) {
    used.clear(offset(address));
  }

  private int offset(Ipv4 address) {
    return address.bits() - config.subnet().first().bits();
  }
}
