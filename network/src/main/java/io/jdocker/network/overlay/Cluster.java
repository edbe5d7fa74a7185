package io.jdocker.network.overlay;

import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Network;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.EtcdEndpoint;
import io.jdocker.network.ipam.AddressPool;
import io.jdocker.network.ipam.Addresses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The hosts that this one knows by the cluster store. Thread-safe. */
public final class Cluster implements AutoCloseable {
  private final ClusterOptions options;
  private final Rtnetlink host;
  private final StoreHealth health;
  private final Renewals renewals = new Renewals();
  private final FlannelHost flannel;
  private final SharedNetworks shared;
  private Uplink uplink;

  private Cluster(ClusterOptions options, Rtnetlink host, LinkReaper reaper, Path folder) {
    this.options = options;
    this.host = host;
    EtcdClient store = new EtcdClient(EtcdEndpoint.parse(options.store()), options.tls());
    this.health = new StoreHealth(store.description());
    ClusterKernel kernel = new ClusterKernel(host, reaper);
    Path environment = folder.resolve("subnet.env");
    this.flannel = new FlannelHost(options, store, health, kernel, renewals, environment);
    SharedKeys keys = new SharedKeys(options.flannelPath());
    HeldEndpoints held =
        new HeldEndpoints(store, keys, options.life(), () -> uplink().host(), renewals, health);
    this.shared = new SharedNetworks(store, health, this::uplink, keys, new Segments(kernel), held);
  }

  /**
   * Knows the cluster; the store is not asked before something needs it.
   *
   * @param folder where subnet.env goes
   */
  public static Cluster open(
      ClusterOptions options, Rtnetlink host, LinkReaper reaper, Path folder) {
    return new Cluster(options, host, reaper, folder);
  }

  /** Follows the store from now on, on threads of the caller's network namespace. */
  public void begin(NetworkShelf shelf, RemoteNames names) {
    shared.begin(shelf, names);
  }

  /** The link to the other hosts; looked for until it is there, as a boot may take a while. */
  private synchronized Uplink uplink() {
    if (uplink == null) {
      uplink = Uplink.find(host, options.advertise());
    }
    return uplink;
  }

  /** How it was chosen. */
  public ClusterOptions options() {
    return options;
  }

  /** True for this host's part of the cluster's flannel network. */
  public static boolean isFlannel(Network network) {
    return OverlayOptions.cluster(network).isPresent();
  }

  /** True for a network that is the same on every host. */
  public static boolean isShared(Network network) {
    return network.driver().equals("overlay") && !isFlannel(network);
  }

  /** Who keeps count of a network's addresses. */
  public Addresses addresses(Network network, IpamConfig ipam) {
    return isShared(network) ? shared.addresses(network, ipam) : new AddressPool(ipam);
  }

  /** Says to other hosts who has an address of a shared network, and what it can be called. */
  public void announce(SharedEndpoint endpoint) {
    shared.announce(endpoint);
  }

  Network register(Network planned, Collection<Cidr> networks, Supplier<Collection<Cidr>> onHost) {
    return planned.ipam().isPresent()
        ? shared.register(planned)
        : flannel.register(planned, networks, onHost.get());
  }

  void ensure(Network network) {
    if (isFlannel(network)) {
      flannel.ensure(network);
    } else {
      shared.ensure(network);
    }
  }

  void remove(Network network) {
    if (isFlannel(network)) {
      flannel.remove(network);
    } else {
      shared.remove(network);
    }
  }

  /** The containers of other hosts on a network. */
  public List<SharedEndpoint> remote(Network network) {
    return isShared(network) ? shared.of(network) : List.of();
  }

  /** The other hosts of a network: of a shared one those that have containers on it. */
  public List<ClusterPeer> peers(Network network) {
    if (isFlannel(network)) {
      return flannel.peers();
    }
    Set<Ipv4> hosts = new TreeSet<>();
    remote(network).forEach(r -> hosts.add(r.host()));
    return hosts.stream().map(h -> new ClusterPeer(h.toString(), h)).toList();
  }

  /** What is wrong now: a store that does not answer, entries that make no sense. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    health.problem().ifPresent(warnings::add);
    warnings.addAll(flannel.warnings());
    warnings.addAll(shared.warnings());
    return warnings;
  }

  @Override
  public void close() {
    flannel.close();
    shared.close();
    renewals.close();
  }
}
