package io.jdocker.network.ipam;

import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.NetworkOptions.Pool;
import java.util.Collection;
import java.util.List;

/** Finds a subnet that neither another network nor the host uses. Immutable. */
public final class SubnetChooser {
  private final List<Pool> pools;

  public SubnetChooser(List<Pool> pools) {
    this.pools = List.copyOf(pools);
  }

  /** The first subnet of the pools that overlaps none of those taken. */
  public Cidr choose(Collection<Cidr> taken) {
    for (Pool pool : pools) {
      long count = 1L << (pool.size() - pool.base().prefix());
      for (long i = 0; i < count; i++) {
        Ipv4 start = pool.base().first().plus((int) (i << (32 - pool.size())));
        Cidr candidate = new Cidr(start, pool.size());
        if (taken.stream().noneMatch(candidate::overlaps)) {
          return candidate;
        }
      }
    }
    throw new Unavailable(
        "could not find an available, non-overlapping IPv4 address pool among the defaults to"
            + " assign to the network: choose one with --subnet, or --bip for the default bridge");
  }

  /** Refuses a chosen subnet that another network has. */
  public static void requireFree(Cidr subnet, Collection<Cidr> taken) {
    if (taken.stream().anyMatch(subnet::overlaps)) {
      throw new Forbidden("Pool overlaps with other one on this address space");
    }
  }
}
