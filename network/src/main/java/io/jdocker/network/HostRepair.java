package io.jdocker.network;

import io.jdocker.linux.Sysctl;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.firewall.Firewalls;
import java.util.List;

/** Brings the host back to what the engine's records say. The caller sees to exclusion. */
final class HostRepair {
  private final Rtnetlink host;
  private final LinkReaper reaper;
  private final Firewalls firewalls;
  private final NetworkCatalog catalog;
  private final Drivers drivers;
  private final Sandboxes sandboxes;

  HostRepair(
      Rtnetlink host,
      LinkReaper reaper,
      Firewalls firewalls,
      NetworkCatalog catalog,
      Drivers drivers,
      Sandboxes sandboxes) {
    this.host = host;
    this.reaper = reaper;
    this.firewalls = firewalls;
    this.catalog = catalog;
    this.drivers = drivers;
    this.sandboxes = sandboxes;
  }

  /** Whether the link is there that the engine makes for a network. */
  boolean hasBridge(Network network) {
    return !network.bridge().isEmpty() && host.links().find(network.bridge()).isPresent();
  }

  /**
   * Sets the rules of every bridge again. An idle network's may be in nobody's memory since the
   * engine was started: its driver brings them back.
   */
  void reloadRules() {
    List<Network> bridged =
        catalog.list().stream()
            .filter(n -> drivers.of(n).traits().bridge() && hasBridge(n))
            .toList();
    bridged.forEach(n -> drivers.of(n).ensure(n, Trace.off()));
    if (!bridged.isEmpty()) {
      Sysctl.set("net.ipv4.ip_forward", "1");
      firewalls.reload();
    }
  }

  /** Removes what belongs to no network or container that is known. */
  void sweep() {
    for (Network network : catalog.list()) {
      drivers.of(network).sweep(network, sandboxes.hostLinks(network.id()));
    }
    for (String id : catalog.lost()) {
      if (!catalog.knows(id)) {
        reaper.delete(NetworkFactory.bridgeName(id));
      }
    }
    if (catalog.lost().isEmpty() && sandboxes.lost().isEmpty()) {
      return;
    }
    // Rules of what was lost are in nobody's memory.
    if (catalog.list().stream().anyMatch(this::hasBridge)) {
      firewalls.reload();
    } else {
      firewalls.removeAll();
    }
  }
}
