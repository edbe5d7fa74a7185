package io.jdocker.network.overlay;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Network;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.KeyValue;
import io.jdocker.network.etcd.Txn;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The entries of this host's containers on shared networks. They go with one lease, so that they
 * outlive the host by its time and no longer. What could not be written while the store was away is
 * written once it is back. Thread-safe.
 */
final class HeldEndpoints {
  private static final System.Logger LOG = System.getLogger(HeldEndpoints.class.getName());

  private static final Ipv4 NOT_YET = new Ipv4(0);

  private final EtcdClient store;
  private final SharedKeys keys;
  private final Duration life;
  private final Supplier<Ipv4> host;
  private final Renewals renewals;
  private final StoreHealth health;

  /**
   * What this host holds, by key; what is but taken says no container. The host's own address is
   * filled in when an entry is written: it may not be known before.
   */
  private final Map<String, SharedEndpoint> held = new HashMap<>();

  private final Set<String> unwritten = new LinkedHashSet<>();

  /** Why an entry cannot be written: somebody else has the address. */
  private final Map<String, String> conflicts = new TreeMap<>();

  private long lease;
  private Optional<AutoCloseable> keeping = Optional.empty();

  HeldEndpoints(
      EtcdClient store,
      SharedKeys keys,
      Duration life,
      Supplier<Ipv4> host,
      Renewals renewals,
      StoreHealth health) {
    this.store = store;
    this.keys = keys;
    this.life = life;
    this.host = host;
    this.renewals = renewals;
    this.health = health;
  }

  /** The addresses of a network that somebody has. */
  List<Ipv4> taken(String networkId) {
    String prefix = keys.endpoints(networkId);
    List<Ipv4> taken = new ArrayList<>();
    for (KeyValue entry : store.list(prefix).entries()) {
      Ipv4.parse(entry.key().substring(prefix.length())).ifPresent(taken::add);
    }
    return taken;
  }

  /** Takes an address; false where somebody has it by now. */
  boolean claim(Network network, Ipv4 address) {
    SharedEndpoint claim = SharedEndpoint.claim(network.id(), address, NOT_YET);
    String key = keys.endpoint(network.id(), address);
    long with = lease();
    synchronized (this) {
      if (held.putIfAbsent(key, claim) != null) {
        return false;
      }
    }
    boolean done = false;
    try {
      Txn txn = new Txn().ifPresent(keys.network(network.name())).ifAbsent(key);
      done = store.commit(txn.put(key, claim.at(host.get()).value(), with));
    } finally {
      if (!done) {
        forget(key);
      }
    }
    if (!done && store.get(keys.network(network.name())).isEmpty()) {
      throw new Conflict("network " + network.name() + " was removed by another host");
    }
    return done;
  }

  private synchronized void forget(String key) {
    held.remove(key);
    unwritten.remove(key);
    conflicts.remove(key);
  }

  /** This host's lease, which is granted at the first need. */
  private long lease() {
    synchronized (this) {
      if (lease != 0) {
        return lease;
      }
    }
    long granted = store.grant(life);
    synchronized (this) {
      if (lease == 0) {
        lease = granted;
        keep();
      }
      return lease;
    }
  }

  private void keep() {
    if (keeping.isEmpty()) {
      keeping = Optional.of(renewals.begin(life, this::write));
    }
  }

  /** A container of an engine before this one has that address. */
  synchronized void resume(String networkId, Ipv4 address) {
    String key = keys.endpoint(networkId, address);
    held.put(key, SharedEndpoint.claim(networkId, address, NOT_YET));
    unwritten.add(key);
    keep();
  }

  /** Says who has an address. */
  synchronized void announce(SharedEndpoint endpoint) {
    String key = keys.endpoint(endpoint.networkId(), endpoint.address());
    SharedEndpoint own = endpoint.at(NOT_YET);
    if (!own.equals(held.put(key, own))) {
      unwritten.add(key);
      keep();
      renewals.now();
    }
  }

  /** Gives an address back; where the store is away it is told later. */
  void release(String networkId, Ipv4 address) {
    String key = keys.endpoint(networkId, address);
    forget(key);
    try {
      store.get(key).filter(this::isOwn).ifPresent(entry -> store.delete(key));
    } catch (EngineException e) {
      health.fails(e.getMessage());
    }
  }

  private boolean isOwn(KeyValue entry) {
    try {
      String place = entry.key().substring(keys.endpoints().length());
      return SharedEndpoint.parse(place, entry.value()).host().equals(host.get());
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  /**
   * Compares with what the store has: entries of this host that it holds no more go, those that are
   * missing come.
   */
  void reconcile(List<KeyValue> endpoints) {
    Set<String> present = new HashSet<>();
    for (KeyValue entry : endpoints) {
      present.add(entry.key());
      if (isOwn(entry) && !holds(entry.key())) {
        store.delete(entry.key());
      }
    }
    boolean missing;
    synchronized (this) {
      held.keySet().stream().filter(k -> !present.contains(k)).forEach(unwritten::add);
      missing = !unwritten.isEmpty();
    }
    if (missing) {
      renewals.now();
    }
  }

  private synchronized boolean holds(String key) {
    return held.containsKey(key);
  }

  /** An entry of this host has gone, though it holds the address still. */
  void lost(String key) {
    if (holds(key)) {
      synchronized (this) {
        unwritten.add(key);
      }
      renewals.now();
    }
  }

  /** Keeps the lease and writes what is not written yet; true where all of it is. */
  private boolean write() {
    try {
      keepLease();
      for (String key : pending()) {
        write(key);
      }
      health.works();
      return true;
    } catch (EngineException e) {
      health.fails(e.getMessage());
      return false;
    }
  }

  private void keepLease() {
    long present;
    synchronized (this) {
      present = lease;
    }
    if (present != 0 && store.keepAlive(present)) {
      return;
    }
    long granted = store.grant(life);
    synchronized (this) {
      lease = granted;
      unwritten.addAll(held.keySet());
    }
  }

  private synchronized List<String> pending() {
    return List.copyOf(unwritten);
  }

  private void write(String key) {
    SharedEndpoint endpoint;
    long with;
    synchronized (this) {
      endpoint = held.get(key);
      with = lease;
      unwritten.remove(key);
    }
    if (endpoint == null) {
      return;
    }
    boolean done = false;
    try {
      Optional<KeyValue> present = store.get(key);
      if (present.filter(p -> !isOwn(p)).isPresent()) {
        conflict(key, endpoint);
        done = true;
        return;
      }
      Txn txn = new Txn().ifUnchanged(key, present.map(KeyValue::modRevision).orElse(0L));
      done = store.commit(txn.put(key, endpoint.at(host.get()).value(), with));
    } finally {
      afterWriting(key, done);
    }
  }

  private synchronized void afterWriting(String key, boolean done) {
    if (!done && held.containsKey(key)) {
      unwritten.add(key);
    }
  }

  private synchronized void conflict(String key, SharedEndpoint endpoint) {
    String who = endpoint.names().isEmpty() ? "" : " of container " + endpoint.names().get(0);
    String reason =
        "address "
            + endpoint.address()
            + who
            + " was given to another host's container while this host was away: restart it";
    if (conflicts.put(key, reason) == null) {
      LOG.log(Level.WARNING, reason);
    }
  }

  /** What is wrong now. */
  synchronized List<String> warnings() {
    return List.copyOf(conflicts.values());
  }

  /** Writes no more; the entries stay, as the containers do. */
  synchronized void close() {
    keeping.ifPresent(Renewals::end);
  }
}
