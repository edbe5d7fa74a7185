package io.jdocker.network;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.driver.Drivers;
import java.util.Optional;

/** The networks that every engine has: bridge, host and none. Thread-safe. */
final class PredefinedNetworks {
  private final Rtnetlink host;
  private final NetworkCatalog catalog;
  private final NetworkFactory factory;
  private final Sandboxes sandboxes;
  private final Drivers drivers;
  private final Ids ids;
  private final Optional<Cidr> chosenAddress;
  private volatile boolean settled;

  /** Makes those that are missing. */
  PredefinedNetworks(
      NetworkOptions options,
      Rtnetlink host,
      NetworkCatalog catalog,
      NetworkFactory factory,
      Sandboxes sandboxes,
      Drivers drivers,
      Ids ids) {
    this.host = host;
    this.catalog = catalog;
    this.factory = factory;
    this.sandboxes = sandboxes;
    this.drivers = drivers;
    this.ids = ids;
    this.chosenAddress = options.bip();
    make(options);
  }

  /** The three networks that are always there; the default bridge follows a changed --bip. */
  private void make(NetworkOptions options) {
    if (catalog.byName(Network.HOST).isEmpty()) {
      catalog.put(factory.plain(idOf(Network.HOST), Network.HOST, "host"));
    }
    if (catalog.byName(Network.NONE).isEmpty()) {
      catalog.put(factory.plain(idOf(Network.NONE), Network.NONE, "null"));
    }
    Optional<Network> present = catalog.byName(Network.DEFAULT);
    boolean keep =
        present
            .filter(n -> n.bridge().equals(options.bridge()))
            .flatMap(Network::ipam)
            .filter(i -> options.bip().map(i.gatewayAddress()::equals).orElse(true))
            .isPresent();
    if (!keep) {
      present.ifPresent(
          n -> {
            if (sandboxes.isUsed(n.id())) {
              throw new Conflict(
                  "the default bridge cannot change its address or name while containers are on"
                      + " it: stop them first");
            }
            drivers.of(n).remove(n);
            catalog.remove(n);
          });
      catalog.put(factory.defaultBridge(idOf(Network.DEFAULT), catalog.subnets()));
    }
  }

  /** A new id, or where the network's file was lost the one by which containers know it. */
  private String idOf(String predefined) {
    return sandboxes.idOfNetwork(predefined).orElseGet(ids::next);
  }

  /**
   * Before the default bridge is made: chooses another subnet where somebody took it since it was
   * chosen, be it a VPN or another engine.
   */
  void settle() {
    if (!settled) {
      settleOnce();
    }
  }

  private synchronized void settleOnce() {
    Network bridge = catalog.get(Network.DEFAULT);
    boolean open =
        !settled
            && chosenAddress.isEmpty()
            && !sandboxes.isUsed(bridge.id())
            && host.links().find(bridge.bridge()).isEmpty();
    if (open) {
      Network free = factory.withFreeSubnet(bridge, catalog.subnets());
      if (!free.equals(bridge)) {
        catalog.put(free);
      }
    }
    settled = true;
  }
}
