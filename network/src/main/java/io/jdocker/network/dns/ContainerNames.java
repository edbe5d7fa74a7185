package io.jdocker.network.dns;

import io.jdocker.network.Ip;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names a container can ask for: those of its networks, in the order of its links, also with
 * the network's name behind ({@code web.blue}), and before all others what it calls its linked
 * containers itself. Thread-safe.
 */
public final class ContainerNames implements Names {
  private final NameIndex index;

  /** Names of the container's user-defined networks by id. */
  private volatile Map<String, String> networks = Map.of();

  /** Ids of linked containers by the names they have in this one. */
  private final Map<String, String> links;

  public ContainerNames(NameIndex index, Map<String, String> links) {
    this.index = index;
    Map<String, String> lower = new LinkedHashMap<>();
    links.forEach((alias, id) -> lower.put(alias.toLowerCase(Locale.ROOT), id));
    this.links = Map.copyOf(lower);
  }

  /** The container is on these user-defined networks from now on: names by id, in order. */
  public void networks(Map<String, String> namesById) {
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(namesById));
  }

  @Override
  public List<Ip> addresses(String name) {
    String linked = links.get(name);
    for (Map.Entry<String, String> network : networks.entrySet()) {
      List<Ip> found =
          linked == null
              ? index.addresses(network.getKey(), name)
              : index.addressesOf(network.getKey(), linked);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return qualified(name);
  }

  /** {@code web.blue}: the name on that network alone. */
  private List<Ip> qualified(String name) {
    for (Map.Entry<String, String> network : networks.entrySet()) {
      String suffix = "." + network.getValue().toLowerCase(Locale.ROOT);
      if (name.endsWith(suffix)) {
        List<Ip> found =
            index.addresses(network.getKey(), name.substring(0, name.length() - suffix.length()));
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  @Override
  public Optional<String> pointer(Ip address) {
    for (Map.Entry<String, String> network : networks.entrySet()) {
      Optional<String> name = index.nameAt(network.getKey(), address);
      if (name.isPresent()) {
        return name.map(n -> n + "." + network.getValue());
      }
    }
    return Optional.empty();
  }
}
