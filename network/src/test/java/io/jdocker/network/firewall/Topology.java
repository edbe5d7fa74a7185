package io.jdocker.network.firewall;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.util.LinkedHashMap;
import java.util.Map;

/** A host for the simulator: its links by name, each with the host's address there. */
final class Topology {
  private final Map<String, Cidr> links = new LinkedHashMap<>();

  /** The uplink. */
  Topology(String name, String address) {
    if (!name.isEmpty()) {
      with(name, address);
    }
  }

  Topology with(String name, String address) {
    links.put(name, Cidr.of(address));
    return this;
  }

  boolean isLocal(Ipv4 address) {
    return address.isLoopback()
        || links.values().stream().anyMatch(c -> c.address().equals(address));
  }

  /**
   * The link of the subnet that an address is in, else the first one, as a default route has it.
   */
  String linkTo(Ipv4 address) {
    if (isLocal(address)) {
      return "lo";
    }
    return links.entrySet().stream()
        .filter(e -> e.getValue().contains(address))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(links.keySet().iterator().next());
  }
}
