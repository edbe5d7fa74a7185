package io.jdocker.network.overlay;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Network;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.KeyValue;
import io.jdocker.network.etcd.Listing;
import io.jdocker.network.etcd.Txn;
import io.jdocker.network.ipam.SubnetChooser;
import io.jdocker.network.state.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The definitions of shared networks in the store. Thread-safe. */
final class SharedDefinitions {
  /** Docker's first: lower ones are for those that people choose. */
  private static final int FIRST_VNI = 4097;

  private static final int ATTEMPTS = 10;

  private final EtcdClient store;
  private final SharedKeys keys;
  private final Gson gson = Json.create();

  SharedDefinitions(EtcdClient store, SharedKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  /**
   * Makes a network known to all hosts.
   *
   * @return it with its VNI
   */
  Network register(Network planned, int mtu) {
    Cidr subnet = planned.ipam().orElseThrow().subnet();
    String key = keys.network(planned.name());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long epoch = store.get(keys.epoch()).map(KeyValue::modRevision).orElse(0L);
      List<Network> present = readable(store.list(keys.networks()));
      if (present.stream().anyMatch(n -> n.name().equals(planned.name()))) {
        throw new Conflict("network with name " + planned.name() + " already exists");
      }
      List<Cidr> taken = new ArrayList<>();
      present.forEach(n -> taken.add(n.ipam().orElseThrow().subnet()));
      Optional<FlannelConfig> flannel = flannel();
      flannel.ifPresent(f -> taken.add(f.network()));
      SubnetChooser.requireFree(subnet, taken);
      Network network = planned.with(planned.ipam(), options(planned, present, flannel, mtu));
      Txn txn =
          new Txn()
              .ifAbsent(key)
              .ifUnchanged(keys.epoch(), epoch)
              .put(key, gson.toJson(network), 0)
              .put(keys.epoch(), network.id(), 0);
      if (store.commit(txn)) {
        return network;
      }
    }
    throw new Unavailable(
        "other hosts made networks at the same time, " + ATTEMPTS + " times: try again");
  }

  /** flannel's own network, if the cluster has one that can be read. */
  private Optional<FlannelConfig> flannel() {
    try {
      return store
          .get(keys.flannelConfig())
          .map(found -> FlannelConfig.parse(found.key(), found.value()));
    } catch (Unavailable away) {
      throw away;
    } catch (EngineException unusable) {
      return Optional.empty();
    }
  }

  private static Map<String, String> options(
      Network planned, List<Network> present, Optional<FlannelConfig> flannel, int mtu) {
    Set<Integer> used = new TreeSet<>();
    present.forEach(n -> OverlayOptions.vni(n.options()).ifPresent(used::add));
    flannel.map(f -> f.backend().vni()).ifPresent(used::add);
    Optional<Integer> chosen = OverlayOptions.vni(planned.options());
    if (chosen.filter(used::contains).isPresent()) {
      throw new Conflict("VNI " + chosen.get() + " belongs to another network of the cluster");
    }
    int vni = chosen.orElse(FIRST_VNI);
    while (chosen.isEmpty() && used.contains(vni)) {
      vni++;
    }
    Map<String, String> options = new LinkedHashMap<>();
    options.put(BridgeOptions.MTU, Integer.toString(mtu));
    options.putAll(planned.options());
    options.put(OverlayOptions.VNI, Integer.toString(vni));
    return options;
  }

  private List<Network> readable(Listing listing) {
    List<Network> networks = new ArrayList<>();
    for (KeyValue entry : listing.entries()) {
      try {
        networks.add(parse(entry.key(), entry.value()));
      } catch (IllegalArgumentException unusable) {
        // Said by who follows the store; its name is taken all the same.
      }
    }
    return networks;
  }

  /**
   * Reads a definition.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  Network parse(String key, String value) {
    try {
      Network network = gson.fromJson(value, Network.class);
      if (network == null
          || network.id() == null
          || !network.id().matches("[0-9a-f]{64}")
          || network.name() == null
          || !keys.network(network.name()).equals(key)
          || !"overlay".equals(network.driver())
          || network.bridge() == null
          || !network.bridge().matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,14}")
          || network.created() == null
          || network.ipam() == null) {
        throw new IllegalArgumentException("it is no definition of a network of that name");
      }
      Optional<Cidr> subnet = network.ipam().map(IpamConfig::subnet);
      if (network.ipam6().isPresent()) {
        throw new IllegalArgumentException("it has IPv6, which this engine has not on overlays");
      }
      if (subnet.isEmpty() || network.ipam().get().gateway() == null) {
        throw new IllegalArgumentException("it names no subnet and gateway");
      }
      OverlayOptions.check(network.options());
      if (OverlayOptions.vni(network.options()).isEmpty()) {
        throw new IllegalArgumentException("it names no VNI");
      }
      return network;
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("it is not JSON as jdocker writes it", e);
    } catch (EngineException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException said) {
        throw said;
      }
      throw new IllegalArgumentException("a part of it is no value of its kind", e);
    }
  }

  /**
   * Makes a network unknown again, unless containers of some host are on it.
   *
   * @throws Forbidden naming the hosts
   */
  void remove(Network network) {
    String key = keys.network(network.name());
    String endpoints = keys.endpoints(network.id());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<KeyValue> present = store.get(key).filter(kv -> isOf(network, kv));
      if (present.isEmpty()) {
        return;
      }
      Txn txn =
          new Txn()
              .ifNoneBelow(endpoints)
              .ifUnchanged(key, present.get().modRevision())
              .delete(key)
              .put(keys.epoch(), network.id(), 0);
      if (store.commit(txn)) {
        return;
      }
      List<KeyValue> left = store.list(endpoints).entries();
      if (!left.isEmpty()) {
        throw new Forbidden(
            "error while removing network: network "
                + network.name()
                + " id "
                + network.id()
                + " has active endpoints on "
                + hosts(left));
      }
    }
    throw new Unavailable("network " + network.name() + " changes too fast to be removed");
  }

  /** A name may belong to another network by now; what cannot be read goes with its name. */
  private boolean isOf(Network network, KeyValue entry) {
    try {
      return parse(entry.key(), entry.value()).id().equals(network.id());
    } catch (IllegalArgumentException unusable) {
      return true;
    }
  }

  private String hosts(List<KeyValue> endpoints) {
    Set<String> hosts = new TreeSet<>();
    for (KeyValue entry : endpoints) {
      try {
        String place = entry.key().substring(keys.endpoints().length());
        hosts.add("host " + SharedEndpoint.parse(place, entry.value()).host());
      } catch (IllegalArgumentException unusable) {
        hosts.add("entry " + entry.key() + ", which cannot be read");
      }
    }
    return String.join(", ", hosts);
  }
}
