package io.jdocker.network.dns;

import io.jdocker.network.Ip;
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
    private final Map<String, Map<String, List<Ip>>> byName = new HashMap<>();
    private final Map<Ip, String> pointers = new HashMap<>();
    private final Map<String, List<Ip>> byContainer = new HashMap<>();
  }

  private final Map<String, Zone> zones = new HashMap<>();

  /**
   * Enters a container, in place of what it had there before.
   *
   * @param addresses those it has there, of one protocol or both
   * @param names the first one is what its addresses are called
   */
  public synchronized void put(
      String networkId, String containerId, List<Ip> addresses, List<String> names) {
    remove(networkId, containerId);
    Zone zone = zones.computeIfAbsent(networkId, id -> new Zone());
    for (String name : names) {
      zone.byName
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new LinkedHashMap<>(2))
          .put(containerId, addresses);
    }
    addresses.forEach(address -> zone.pointers.put(address, names.get(0)));
    zone.byContainer.put(containerId, addresses);
  }

  /** Forgets a container on a network. */
  public synchronized void remove(String networkId, String containerId) {
    Zone zone = zones.get(networkId);
    List<Ip> addresses = zone == null ? null : zone.byContainer.remove(containerId);
    if (addresses == null) {
      return;
    }
    addresses.forEach(zone.pointers::remove);
    zone.byName.values().forEach(holders -> holders.remove(containerId));
    zone.byName.values().removeIf(Map::isEmpty);
    if (zone.byContainer.isEmpty()) {
      zones.remove(networkId);
    }
  }

  synchronized List<Ip> addresses(String networkId, String name) {
    Zone zone = zones.get(networkId);
    Map<String, List<Ip>> holders = zone == null ? null : zone.byName.get(name);
    List<Ip> found = new ArrayList<>();
    if (holders != null) {
      holders.values().forEach(found::addAll);
    }
    return found;
  }

  synchronized List<Ip> addressesOf(String networkId, String containerId) {
    Zone zone = zones.get(networkId);
    return zone == null ? List.of() : zone.byContainer.getOrDefault(containerId, List.of());
  }

  synchronized Optional<String> nameAt(String networkId, Ip address) {
    return Optional.ofNullable(zones.get(networkId)).map(z -> z.pointers.get(address));
  }
}
