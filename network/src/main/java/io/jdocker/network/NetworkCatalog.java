package io.jdocker.network;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.network.ipam.AddressPool;
import io.jdocker.network.ipam.AddressPool6;
import io.jdocker.network.ipam.Addresses;
import io.jdocker.network.state.StateFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The networks of an engine and who has which of their addresses. Thread-safe. */
final class NetworkCatalog {
  private final StateFolder<Network> files;
  private final Map<String, Network> byId = new HashMap<>();
  private final Map<String, Addresses> pools = new HashMap<>();
  private final Map<String, AddressPool6> pools6 = new HashMap<>();
  private final BiFunction<Network, IpamConfig, Addresses> addresses;
  private final Set<String> lost;

  NetworkCatalog(StateFolder<Network> files) {
    this(files, (network, ipam) -> new AddressPool(ipam));
  }

  /**
   * @param addresses who keeps count of a network's addresses
   */
  NetworkCatalog(StateFolder<Network> files, BiFunction<Network, IpamConfig, Addresses> addresses) {
    this.files = files;
    this.addresses = addresses;
    StateFolder.Loaded<Network> loaded = files.load();
    loaded.objects().forEach(this::index);
    this.lost = loaded.damaged();
  }

  private void index(Network network) {
    byId.put(network.id(), network);
    network.ipam().ifPresent(i -> pools.put(network.id(), addresses.apply(network, i)));
    network.ipam6().ifPresent(i -> pools6.put(network.id(), new AddressPool6(i)));
  }

  /** Ids of networks whose file was damaged when the engine was opened. */
  Set<String> lost() {
    return lost;
  }

  synchronized boolean knows(String networkId) {
    return byId.containsKey(networkId);
  }

  /** Writes a network down, new or changed. */
  synchronized void put(Network network) {
    if (byName(network.name()).filter(n -> !n.id().equals(network.id())).isPresent()) {
      throw new Conflict("network with name " + network.name() + " already exists");
    }
    files.write(network.id(), network);
    index(network);
  }

  synchronized void remove(Network network) {
    files.delete(network.id());
    byId.remove(network.id());
    pools.remove(network.id());
    pools6.remove(network.id());
  }

  synchronized Optional<Network> byName(String name) {
    return byId.values().stream().filter(n -> n.name().equals(name)).findFirst();
  }

  /**
   * By name, by id, or by the beginning of an id that only one network has. Docker's clients call
   * the default bridge {@code default}.
   */
  synchronized Network get(String nameOrId) {
    if (nameOrId.equals("default")) {
      return get(Network.DEFAULT);
    }
    Optional<Network> exact = byName(nameOrId).or(() -> Optional.ofNullable(byId.get(nameOrId)));
    if (exact.isPresent()) {
      return exact.get();
    }
    List<Network> matches =
        nameOrId.isEmpty()
            ? List.of()
            : byId.values().stream().filter(n -> n.id().startsWith(nameOrId)).toList();
    if (matches.size() > 1) {
      throw new InvalidArgument(
          "network "
              + nameOrId
              + " is ambiguous ("
              + matches.size()
              + " matches found based on ID prefix)");
    }
    if (matches.isEmpty()) {
      throw new NotFound("network " + nameOrId + " not found");
    }
    return matches.get(0);
  }

  synchronized List<Network> list() {
    return byId.values().stream().sorted(Comparator.comparing(Network::name)).toList();
  }

  synchronized Addresses pool(String networkId) {
    Addresses pool = pools.get(networkId);
    if (pool == null) {
      throw new NotFound("network " + networkId + " not found");
    }
    return pool;
  }

  /** Takes an endpoint's addresses again, as its file has them. */
  void hold(Endpoint endpoint) {
    String id = endpoint.networkId();
    if (!hasPool(id)) {
      return; // its addresses are given out by somebody else
    }
    endpoint.address().ifPresent(a -> pool(id).resume(a.address()));
    endpoint.ipv6().ifPresent(six -> pool6(id).allocate(six.address().address()));
  }

  /** Gives an endpoint's addresses back. */
  void release(Endpoint endpoint) {
    String id = endpoint.networkId();
    if (!hasPool(id)) {
      return; // its addresses are given out by somebody else
    }
    endpoint.address().ifPresent(a -> pool(id).release(a.address()));
    endpoint.ipv6().ifPresent(six -> pool6(id).release(six.address().address()));
  }

  private synchronized boolean hasPool(String networkId) {
    return pools.containsKey(networkId);
  }

  /** The addresses of a network with IPv6. */
  synchronized AddressPool6 pool6(String networkId) {
    AddressPool6 pool = pools6.get(networkId);
    if (pool == null) {
      throw new NotFound("network " + networkId + " has no IPv6 addresses");
    }
    return pool;
  }

  synchronized Collection<Cidr6> subnets6() {
    return new ArrayList<>(
        byId.values().stream().flatMap(n -> n.ipam6().stream()).map(Ipam6Config::subnet).toList());
  }

  /** The subnets of all networks. */
  synchronized Collection<Cidr> subnets() {
    return new ArrayList<>(
        byId.values().stream().flatMap(n -> n.ipam().stream()).map(IpamConfig::subnet).toList());
  }

  /** Refuses a name that cannot be one, or that stands for one of the three networks. */
  static void checkName(String name) {
    if (name.equals(Network.DEFAULT) || name.equals(Network.HOST) || name.equals(Network.NONE)) {
      throw new Forbidden("operation is not permitted on predefined " + name + " network");
    }
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw new InvalidArgument(
          "invalid network name: \"" + name + "\": only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
  }
}
