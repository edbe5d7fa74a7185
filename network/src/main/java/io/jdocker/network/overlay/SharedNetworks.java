package io.jdocker.network.overlay;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Network;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.KeyValue;
import io.jdocker.network.ipam.Addresses;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The networks that every host of the cluster sees, with the containers of all hosts. Follows the
 * store from {@link #begin} on. Thread-safe.
 */
final class SharedNetworks {
  private static final System.Logger LOG = System.getLogger(SharedNetworks.class.getName());

  private final EtcdClient store;
  private final StoreHealth health;
  private final Supplier<Uplink> uplink;
  private final SharedKeys keys;
  private final SharedDefinitions definitions;
  private final Segments segments;
  private final HeldEndpoints held;

  /** Containers of other hosts, by key. */
  private final Map<String, SharedEndpoint> others = new TreeMap<>();

  /** What is wrong with entries of the store, by key. */
  private final Map<String, String> ignored = new TreeMap<>();

  /** Ids of the networks that the store defines, by key. */
  private final Map<String, String> defined = new HashMap<>();

  private Optional<Mirror> mirror = Optional.empty();

  SharedNetworks(
      EtcdClient store,
      StoreHealth health,
      Supplier<Uplink> uplink,
      SharedKeys keys,
      Segments segments,
      HeldEndpoints held) {
    this.store = store;
    this.health = health;
    this.uplink = uplink;
    this.keys = keys;
    this.definitions = new SharedDefinitions(store, keys);
    this.segments = segments;
    this.held = held;
  }

  /** Begins to follow the store, on a thread of the caller's network namespace. */
  synchronized void begin(NetworkShelf shelf, RemoteNames names) {
    mirror = Optional.of(new Mirror(store, keys.root(), new Reader(shelf, names), health));
  }

  Network register(Network planned) {
    return definitions.register(planned, uplink.get().mtu(true));
  }

  Addresses addresses(Network network, IpamConfig ipam) {
    return new SharedAddresses(network, ipam, held);
  }

  void announce(SharedEndpoint endpoint) {
    held.announce(endpoint);
  }

  void ensure(Network network) {
    segments.ensure(network, uplink.get(), () -> of(network));
  }

  void remove(Network network) {
    definitions.remove(network);
    segments.remove(network);
  }

  /** The containers of other hosts on a network. */
  synchronized List<SharedEndpoint> of(Network network) {
    return others.values().stream()
        .filter(o -> o.networkId().equals(network.id()) && o.mac().isPresent())
        .toList();
  }

  synchronized List<String> warnings() {
    List<String> warnings = new ArrayList<>(ignored.values());
    warnings.addAll(held.warnings());
    return warnings;
  }

  private synchronized void ignore(String key, String reason) {
    String said = "the store's entry " + key + " is ignored: " + reason;
    if (!said.equals(ignored.put(key, said))) {
      LOG.log(Level.WARNING, said);
    }
  }

  /** Tells the rest of the engine what the store says. */
  private final class Reader implements Mirror.Reader {
    private final NetworkShelf shelf;
    private final RemoteNames names;

    Reader(NetworkShelf shelf, RemoteNames names) {
      this.shelf = shelf;
      this.names = names;
    }

    @Override
    public void listed(List<KeyValue> entries) {
      synchronized (SharedNetworks.this) {
        ignored.clear();
        defined.clear();
      }
      Set<String> present = new HashSet<>();
      entries.forEach(e -> present.add(e.key()));
      entries.forEach(this::put);
      vanishAllBut(new HashSet<>(defined.values()));
      for (String key : known()) {
        if (!present.contains(key)) {
          deleted(key);
        }
      }
      segments.replaceAll(all());
      held.reconcile(entries.stream().filter(e -> e.key().startsWith(keys.endpoints())).toList());
    }

    private void vanishAllBut(Set<String> ids) {
      for (Network network : shelf.list()) {
        boolean shared = Cluster.isShared(network);
        if (shared && !ids.contains(network.id())) {
          vanish(network);
        }
      }
    }

    private void vanish(Network network) {
      try {
        shelf.vanish(network);
      } catch (EngineException e) {
        ignore(keys.network(network.name()), e.getMessage());
      }
    }

    private List<String> known() {
      synchronized (SharedNetworks.this) {
        return List.copyOf(others.keySet());
      }
    }

    private List<SharedEndpoint> all() {
      synchronized (SharedNetworks.this) {
        return List.copyOf(others.values());
      }
    }

    @Override
    public void put(KeyValue entry) {
      synchronized (SharedNetworks.this) {
        ignored.remove(entry.key());
      }
      try {
        if (entry.key().startsWith(keys.networks())) {
          Network network = definitions.parse(entry.key(), entry.value());
          synchronized (SharedNetworks.this) {
            defined.put(entry.key(), network.id());
          }
          shelf.appear(network);
        } else if (entry.key().startsWith(keys.endpoints())) {
          endpoint(entry);
        }
      } catch (IllegalArgumentException | EngineException e) {
        ignore(entry.key(), e.getMessage());
      }
    }

    private void endpoint(KeyValue entry) {
      String place = entry.key().substring(keys.endpoints().length());
      SharedEndpoint now = SharedEndpoint.parse(place, entry.value());
      if (now.host().equals(uplink.get().host())) {
        return;
      }
      SharedEndpoint before;
      synchronized (SharedNetworks.this) {
        before = others.put(entry.key(), now);
      }
      if (before != null && !before.equals(now)) {
        segments.remove(before);
      }
      segments.put(now);
      if (now.names().isEmpty()) {
        names.remove(now.networkId(), entry.key());
      } else {
        names.put(now.networkId(), entry.key(), now.address(), now.names());
      }
    }

    @Override
    public void deleted(String key) {
      String network;
      SharedEndpoint gone;
      synchronized (SharedNetworks.this) {
        ignored.remove(key);
        network = defined.remove(key);
        gone = others.remove(key);
      }
      if (network != null) {
        shelf.list().stream().filter(n -> n.id().equals(network)).forEach(this::vanish);
      }
      if (gone != null) {
        segments.remove(gone);
        names.remove(gone.networkId(), key);
      }
      held.lost(key);
    }
  }

  /** Follows nobody any more; what the kernel and the store have stays. */
  void close() {
    Optional<Mirror> following;
    synchronized (this) {
      following = mirror;
      mirror = Optional.empty();
    }
    following.ifPresent(Mirror::close);
    held.close();
  }
}
