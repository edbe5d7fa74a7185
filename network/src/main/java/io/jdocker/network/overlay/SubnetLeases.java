package io.jdocker.network.overlay;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.KeyValue;
import io.jdocker.network.etcd.Txn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The leases of a flannel network in the store. Thread-safe. */
final class SubnetLeases {
  private static final int ATTEMPTS = 10;
  private static final int CANDIDATES = 100;

  /** How a lease is renewed. */
  enum Renewal {
    DONE,
    /** Another host has the subnet by now. */
    LOST
  }

  private final EtcdClient store;
  private final String path;
  private final Duration life;
  private final RandomGenerator random = RandomGenerator.getDefault();

  SubnetLeases(EtcdClient store, String path, Duration life) {
    this.store = store;
    this.path = path;
    this.life = life;
  }

  /** What the leases' keys begin with. */
  String prefix() {
    return path + "/subnets/";
  }

  /** The cluster's network. */
  FlannelConfig config() {
    String key = path + "/config";
    KeyValue found =
        store
            .get(key)
            .orElseThrow(
                () ->
                    new NotFound(
                        "the cluster store has no network config at "
                            + key
                            + ": write one, for example etcdctl put "
                            + key
                            + " '{\"Network\":\"10.244.0.0/16\",\"Backend\":{\"Type\":\"vxlan\"}}',"
                            + " or give the network a --subnet of its own"));
    return FlannelConfig.parse(key, found.value());
  }

  /** What a host writes for its subnet. */
  interface Content {
    SubnetLease of(Cidr subnet);
  }

  /**
   * Leases a subnet: the one that this host has already, else the one it had before, else any that
   * neither another host nor something on this one has.
   */
  SubnetLease acquire(
      FlannelConfig config,
      Ipv4 host,
      Optional<Cidr> before,
      Collection<Cidr> taken,
      Content content) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<KeyValue> entries = store.list(prefix()).entries();
      Optional<KeyValue> own = own(config, host, entries);
      if (own.isPresent()) {
        SubnetLease lease = content.of(SubnetLease.subnet(own.get().key()).orElseThrow());
        store.put(key(lease), lease.value(), term(own));
        return lease;
      }
      SubnetLease lease = content.of(choose(config, before, taken, entries));
      String key = key(lease);
      if (store.commit(new Txn().ifAbsent(key).put(key, lease.value(), store.grant(life)))) {
        return lease;
      }
    }
    throw new Unavailable(
        "other hosts took each subnet that was chosen, " + ATTEMPTS + " times: try again");
  }

  /** This host's lease; one that the config does not admit any more is given back. */
  private Optional<KeyValue> own(FlannelConfig config, Ipv4 host, List<KeyValue> entries) {
    for (KeyValue entry : entries) {
      Optional<Cidr> subnet = SubnetLease.subnet(entry.key()).filter(s -> isOf(host, entry));
      if (subnet.filter(config::admits).isPresent()) {
        return Optional.of(entry);
      }
      subnet.ifPresent(s -> store.delete(entry.key()));
    }
    return Optional.empty();
  }

  /** A value that cannot be read is somebody else's: its subnet is left alone. */
  private static boolean isOf(Ipv4 host, KeyValue entry) {
    try {
      return SubnetLease.parse(entry.key(), entry.value()).host().equals(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Cidr choose(
      FlannelConfig config, Optional<Cidr> before, Collection<Cidr> taken, List<KeyValue> entries) {
    List<Cidr> used = new ArrayList<>(taken);
    entries.forEach(e -> SubnetLease.subnet(e.key()).ifPresent(used::add));
    if (before.filter(config::admits).filter(b -> free(b, used)).isPresent()) {
      return before.get();
    }
    List<Cidr> candidates = new ArrayList<>();
    Optional<Cidr> next = Optional.of(config.lowest());
    while (next.isPresent() && candidates.size() < CANDIDATES) {
      next.filter(c -> free(c, used)).ifPresent(candidates::add);
      next = config.next(next.get());
    }
    if (candidates.isEmpty()) {
      throw new Unavailable(
          "no free subnet of /"
              + config.subnetLength()
              + " is left in the cluster's network "
              + config.network());
    }
    return candidates.get(random.nextInt(candidates.size()));
  }

  private static boolean free(Cidr subnet, List<Cidr> used) {
    return used.stream().noneMatch(subnet::overlaps);
  }

  /**
   * Renews as flannel does: by a new grant, not by keeping the old one alive. One that has run out
   * meanwhile is taken again if nobody has it.
   */
  Renewal renew(SubnetLease lease) {
    String key = key(lease);
    Optional<KeyValue> present = store.get(key);
    if (present.filter(p -> !isOf(lease.host(), p)).isPresent()) {
      return Renewal.LOST;
    }
    Txn txn = new Txn().ifUnchanged(key, present.map(KeyValue::modRevision).orElse(0L));
    if (store.commit(txn.put(key, lease.value(), term(present)))) {
      present.map(KeyValue::lease).filter(id -> id != 0).ifPresent(store::revoke);
      return Renewal.DONE;
    }
    throw new Unavailable("the lease of " + lease.subnet() + " was changed while it was renewed");
  }

  /** A new lease of the store; none where an operator has reserved the subnet for ever. */
  private long term(Optional<KeyValue> present) {
    return present.filter(p -> p.lease() == 0).isPresent() ? 0 : store.grant(life);
  }

  /** Gives a host's lease back; another host's stays. */
  void release(Cidr subnet, Ipv4 host) {
    String key = SubnetLease.key(path, subnet);
    store.get(key).filter(entry -> isOf(host, entry)).ifPresent(entry -> store.delete(key));
  }

  private String key(SubnetLease lease) {
    return SubnetLease.key(path, lease.subnet());
  }
}
