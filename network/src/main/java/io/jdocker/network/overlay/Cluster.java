package io.jdocker.network.overlay;

import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Cidr;
import io.jdocker.network.Network;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.EtcdEndpoint;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The hosts that this one knows by the cluster store. Thread-safe. */
public final class Cluster implements AutoCloseable {
  private final ClusterOptions options;
  private final StoreHealth health;
  private final Renewals renewals = new Renewals();
  private final FlannelHost flannel;

  private Cluster(ClusterOptions options, Rtnetlink host, LinkReaper reaper, Path folder) {
    this.options = options;
    EtcdClient store = new EtcdClient(EtcdEndpoint.parse(options.store()), options.tls());
    this.health = new StoreHealth(store.description());
    ClusterKernel kernel = new ClusterKernel(host, reaper);
    this.flannel =
        new FlannelHost(options, store, health, kernel, renewals, folder.resolve("subnet.env"));
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

  /** How it was chosen. */
  public ClusterOptions options() {
    return options;
  }

  Network register(Network planned, Collection<Cidr> networks, Supplier<Collection<Cidr>> onHost) {
    return flannel.register(planned, networks, onHost.get());
  }

  void ensure(Network network, Trace trace) {
    flannel.ensure(network);
  }

  void remove(Network network) {
    flannel.remove(network);
  }

  /** The other hosts of a network. */
  public List<ClusterPeer> peers(Network network) {
    return OverlayOptions.cluster(network).isPresent() ? flannel.peers() : List.of();
  }

  /** What is wrong now: a store that does not answer, entries that make no sense. */
  public List<String> warnings() {
    List<String> warnings = new java.util.ArrayList<>(flannel.warnings());
    Optional<String> problem = health.problem();
    problem.ifPresent(warnings::add);
    return warnings;
  }

  @Override
  public void close() {
    flannel.close();
    renewals.close();
  }
}
