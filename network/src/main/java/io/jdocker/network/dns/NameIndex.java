package io.jdocker.network.dns;

import io.jdocker.network.Ipv4;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which names on which network. A name may belong to several containers, as an alias does
 * that stands for a service. Thread-safe.
 */
public final class NameIndex {
  /** One network's names. */
  private static final class Zone {
    private final Map<String, Map<String, Ipv4>> byName = new HashMap<>();
    private final Map<Ipv4, String> pointers = new HashMap<>();
    private final Map<String, Ipv4> byContainer = new HashMap<>();
  }

  private final Map<String, Zone> zones = new HashMap<>();

  /**
   * Enters a container, in place of what it had there before.
   *
   * @param names the first one is what its address is called
   */
  public synchronized void put(
      String networkId, String containerId, Ipv4 address, List<String> names) {
    remove(networkId, containerId);
    Zone zone = zones.computeIfAbsent(networkId, id -> new Zone());
    for (String name : names) {
      zone.byName
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new LinkedHashMap<>(2))
          .put(containerId, address);
    }
    zone.pointers.put(address, names.get(0));
    zone.byContainer.put(containerId, address);
  }

  /** Forgets a container on a network. */
  public synchronized void remove(String networkId, String containerId) {
    Zone zone = zones.get(networkId);
    Ipv4 address = zone == null ? null : zone.byContainer.remove(containerId);
    if (address == null) {
      return;
    }
    zone.pointers.remove(address);
    zone.byName.values().forEach(holders -> holders.remove(containerId));
    zone.byName.values().removeIf(Map::isEmpty);
    if (zone.byContainer.isEmpty()) {
      zones.remove(networkId);
    }
  }

  synchronized List<Ipv4> addresses(String networkId, String name) {
    Zone zone = zones.get(networkId);
    Map<String, Ipv4> holders = zone == null ? null : zone.byName.get(name);
    return holders == null ? List.of() : new ArrayList<>(holders.values());
  }

  synchronized Optional<Ipv4> addressOf(String networkId, String containerId) {
    return Optional.ofNullable(zones.get(networkId)).map(z -> z.byContainer.get(containerId));
  }

  synchronized Optional<String> nameAt(String networkId, Ipv4 address) {
    return Optional.ofNullable(zones.get(networkId)).map(z -> z.pointers.get(address));
  }
}
