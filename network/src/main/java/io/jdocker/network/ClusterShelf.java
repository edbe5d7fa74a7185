package io.jdocker.network;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.overlay.Cluster;
import io.jdocker.network.overlay.NetworkShelf;
import java.util.List;
import java.util.Optional;

/** Networks of other hosts enter this engine's catalog, and leave it. Thread-safe. */
final class ClusterShelf implements NetworkShelf {
  private final NetworkCatalog catalog;
  private final Drivers drivers;
  private final Sandboxes sandboxes;

  ClusterShelf(NetworkCatalog catalog, Drivers drivers, Sandboxes sandboxes) {
    this.catalog = catalog;
    this.drivers = drivers;
    this.sandboxes = sandboxes;
  }

  @Override
  public List<Network> list() {
    return catalog.list();
  }

  @Override
  public void appear(Network network) {
    if (catalog.knows(network.id())) {
      return;
    }
    Cidr subnet = network.ipam().map(IpamConfig::subnet).orElseThrow();
    Optional<Network> other =
        catalog.list().stream()
            .filter(n -> n.ipam().map(IpamConfig::subnet).filter(subnet::overlaps).isPresent())
            .findFirst();
    if (other.isPresent() && !Cluster.isShared(other.get())) {
      throw new Conflict(
          "its subnet "
              + subnet
              + " overlaps that of network "
              + other.get().name()
              + " of this host: remove one of them");
    }
    catalog.put(network); // a name that this host has is refused there
  }

  @Override
  public void vanish(Network network) {
    if (sandboxes.isUsed(network.id())) {
      throw new Conflict(
          "network "
              + network.name()
              + " is not defined any more, but containers of this host are on it: remove them");
    }
    if (catalog.knows(network.id())) {
      drivers.of(network).remove(network);
      catalog.remove(network);
    }
  }
}
