package io.jdocker.network.overlay;

import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.SubnetSpec;
import io.jdocker.network.driver.BridgeDriver;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.OverlayRules;
import io.jdocker.network.namespace.OpenNamespace;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Networks over several hosts. On each host such a network is a bridge, with everything that a
 * bridge network has; what comes to it is a way to the other hosts. Without a subnet it is this
 * host's part of the cluster's flannel network and the way is a route; with one it is the same
 * network on every host and the way is a port of the bridge.
 */
public final class OverlayDriver implements Driver {
  private final BridgeDriver bridges;
  private final Firewall firewall;
  private final Optional<Cluster> cluster;

  /**
   * @param cluster empty where the engine knows no cluster
   */
  public OverlayDriver(BridgeDriver bridges, Firewall firewall, Optional<Cluster> cluster) {
    this.bridges = bridges;
    this.firewall = firewall;
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "overlay";
  }

  @Override
  public void validate(NetworkSpec spec, Collection<Network> others) {
    required();
    OverlayOptions.check(spec.options());
    if (spec.ipv6() || !spec.six().equals(SubnetSpec.ANY)) {
      throw new Unsupported("overlay networks have IPv4 alone: create it without --ipv6");
    }
    if (spec.subnet().isEmpty()) {
      FlannelHost.requireFirst(others);
    }
  }

  private Cluster required() {
    return cluster.orElseThrow(
        () ->
            new Unavailable(
                "overlay networks need a cluster store: start the daemon with --cluster-store"
                    + " etcd://HOST:2379"));
  }

  @Override
  public String ownLink(NetworkSpec spec, String standard) {
    return bridges.ownLink(spec, standard);
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, true, false);
  }

  @Override
  public Network register(
      Network planned, Collection<Cidr> networks, Supplier<Collection<Cidr>> onHost) {
    return required().register(planned, networks, onHost);
  }

  @Override
  public void ensure(Network network, Trace trace) {
    rules(network).ifPresent(r -> firewall.addOverlay(r).await());
    bridges.ensure(network, trace);
    cluster.ifPresent(c -> c.ensure(network));
  }

  /** Rules for what is routed between hosts; on a network of one subnet nothing is. */
  private static Optional<OverlayRules> rules(Network network) {
    return OverlayOptions.cluster(network)
        .map(
            all -> {
              FlannelBackend backend = OverlayOptions.backend(network);
              return new OverlayRules(
                  network.bridge(),
                  network.ipam().orElseThrow().subnet(),
                  all,
                  backend.directRouting() ? "" : backend.device());
            });
  }

  @Override
  public void remove(Network network) {
    required().remove(network);
    bridges.remove(network);
    rules(network).ifPresent(r -> firewall.removeOverlay(r).await());
  }

  @Override
  public void join(
      Network network,
      Endpoint endpoint,
      OpenNamespace namespace,
      String name,
      boolean hairpin,
      Trace trace) {
    bridges.join(network, endpoint, namespace, name, hairpin, trace);
  }

  @Override
  public void awaitReady(Endpoint endpoint) {
    bridges.awaitReady(endpoint);
  }

  @Override
  public void rejoin(Network network, Endpoint endpoint, boolean hairpin) {
    bridges.rejoin(network, endpoint, hairpin);
  }

  @Override
  public void sweep(Network network, Set<String> hostLinks) {
    bridges.sweep(network, hostLinks);
  }

  @Override
  public void leave(
      Network network,
      Endpoint endpoint,
      Supplier<Optional<OpenNamespace>> namespace,
      Trace trace) {
    bridges.leave(network, endpoint, namespace, trace);
  }
}
