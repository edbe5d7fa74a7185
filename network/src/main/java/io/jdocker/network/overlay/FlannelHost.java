package io.jdocker.network.overlay;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.KeyValue;
import io.jdocker.network.ipam.SubnetChooser;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This host as one of flannel's: it leases a part of the cluster's network, says by which device it
 * is reached, and follows the other hosts. There is one such network a host. Thread-safe.
 */
final class FlannelHost {
  private static final System.Logger LOG = System.getLogger(FlannelHost.class.getName());

  private final ClusterOptions options;
  private final EtcdClient store;
  private final StoreHealth health;
  private final ClusterKernel kernel;
  private final Renewals renewals;
  private final SubnetLeases leases;
  private final SubnetEnvironment environment;

  /** What is wrong with entries of the store, by key. */
  private final Map<String, String> ignored = new ConcurrentHashMap<>();

  private Optional<Running> running = Optional.empty();
  private volatile Optional<String> lost = Optional.empty();

  /** The network while it is followed. */
  private record Running(
      String networkId, PeerRoutes routes, Mirror mirror, AutoCloseable renewal) {}

  FlannelHost(
      ClusterOptions options,
      EtcdClient store,
      StoreHealth health,
      ClusterKernel kernel,
      Renewals renewals,
      Path environment) {
    this.options = options;
    this.store = store;
    this.health = health;
    this.kernel = kernel;
    this.renewals = renewals;
    this.leases = new SubnetLeases(store, options.flannelPath(), options.life());
    this.environment = new SubnetEnvironment(environment);
  }

  /** Refuses a second network of this kind: a host has one lease. */
  static void requireFirst(Collection<Network> networks) {
    networks.stream()
        .filter(n -> OverlayOptions.cluster(n).isPresent())
        .findFirst()
        .ifPresent(
            n -> {
              throw new Forbidden(
                  "network "
                      + n.name()
                      + " is this host's part of the cluster's flannel network already: use it, or"
                      + " give the new network a --subnet of its own");
            });
  }

  /**
   * Leases a subnet for a network that has none yet.
   *
   * @param networks subnets of the other networks
   * @param onHost what the host's addresses and routes cover
   */
  Network register(Network planned, Collection<Cidr> networks, Collection<Cidr> onHost) {
    if (planned.internal()) {
      throw new Forbidden(
          "the cluster's flannel network is not internal: give the network a --subnet of its own");
    }
    FlannelConfig config = leases.config();
    Uplink uplink = Uplink.find(kernel.host(), options.advertise());
    List<Cidr> taken = new ArrayList<>(networks);
    taken.addAll(onHost);
    SubnetLease lease =
        leases.acquire(
            config,
            uplink.host(),
            environment.subnet(),
            taken,
            subnet -> lease(subnet, uplink, config.backend()));
    try {
      SubnetChooser.requireFree(lease.subnet(), networks);
    } catch (EngineException e) {
      leases.release(lease.subnet(), uplink.host());
      throw e;
    }
    Map<String, String> chosen = new LinkedHashMap<>();
    int mtu = uplink.mtu(config.backend().tunnels());
    chosen.putAll(OverlayOptions.flannel(config.network(), config.backend(), mtu));
    chosen.putAll(planned.options());
    IpamConfig ipam = IpamConfig.of(lease.subnet(), lease.subnet().first().plus(1));
    return planned.with(Optional.of(ipam), chosen);
  }

  private SubnetLease lease(Cidr subnet, Uplink uplink, FlannelBackend backend) {
    Optional<SubnetLease.Vtep> vtep =
        backend.tunnels()
            ? Optional.of(new SubnetLease.Vtep(backend.vni(), kernel.macOf(backend, subnet)))
            : Optional.empty();
    return new SubnetLease(subnet, uplink.host(), backend.type(), vtep);
  }

  /** Makes the device and follows the other hosts, unless that is done already. */
  synchronized void ensure(Network network) {
    if (running.isPresent()) {
      return;
    }
    Cidr cluster = OverlayOptions.cluster(network).orElseThrow();
    FlannelBackend backend = OverlayOptions.backend(network);
    IpamConfig ipam = network.ipam().orElseThrow();
    Uplink uplink = Uplink.find(kernel.host(), options.advertise());
    SubnetLease own = lease(ipam.subnet(), uplink, backend);
    int device = backend.tunnels() ? kernel.ensureFlannel(own, uplink, backend) : 0;
    PeerRoutes routes = new PeerRoutes(kernel.host(), uplink, backend, cluster, device);
    int mtu = uplink.mtu(backend.tunnels());
    environment.write(cluster, ipam.gatewayAddress(), mtu, true);
    AutoCloseable renewal = renewals.begin(options.life(), () -> renew(own, network.name()));
    Peers peers = new Peers(routes, own, cluster);
    Mirror mirror = new Mirror(store, leases.prefix(), peers, health);
    running = Optional.of(new Running(network.id(), routes, mirror, renewal));
  }

  /** True where the lease stands again for its whole time. */
  private boolean renew(SubnetLease own, String network) {
    try {
      boolean done = leases.renew(own) == SubnetLeases.Renewal.DONE;
      Optional<String> now =
          done
              ? Optional.empty()
              : Optional.of(
                  "subnet "
                      + own.subnet()
                      + " of network "
                      + network
                      + " is leased to another host now: remove the network's containers and the"
                      + " network, and make it anew");
      if (!done && lost.isEmpty()) {
        LOG.log(Level.WARNING, now.get());
      }
      lost = now;
      health.works();
      return done;
    } catch (EngineException e) {
      health.fails(e.getMessage());
      return false;
    }
  }

  /** Reads the leases of all hosts. */
  private final class Peers implements Mirror.Reader {
    private final PeerRoutes routes;
    private final SubnetLease own;
    private final Cidr cluster;

    Peers(PeerRoutes routes, SubnetLease own, Cidr cluster) {
      this.routes = routes;
      this.own = own;
      this.cluster = cluster;
    }

    @Override
    public void listed(List<KeyValue> entries) {
      ignored.clear();
      routes.replaceAll(entries.stream().flatMap(e -> peer(e).stream()).toList());
      if (entries.stream().noneMatch(e -> e.key().equals(key()))) {
        renewals.now();
      }
    }

    @Override
    public void put(KeyValue entry) {
      ignored.remove(entry.key());
      Optional<SubnetLease> peer = peer(entry);
      if (peer.isPresent()) {
        routes.put(peer.get());
      } else {
        SubnetLease.subnet(entry.key()).ifPresent(routes::remove);
      }
    }

    @Override
    public void deleted(String key) {
      ignored.remove(key);
      if (key.equals(key())) {
        renewals.now();
      }
      SubnetLease.subnet(key).ifPresent(routes::remove);
    }

    private String key() {
      return SubnetLease.key(options.flannelPath(), own.subnet());
    }

    /** Another host that can be reached; what cannot be one is said and left alone. */
    private Optional<SubnetLease> peer(KeyValue entry) {
      try {
        SubnetLease lease = SubnetLease.parse(entry.key(), entry.value());
        if (lease.host().equals(own.host()) || entry.key().equals(key())) {
          return Optional.empty();
        }
        check(lease);
        return Optional.of(lease);
      } catch (IllegalArgumentException e) {
        String reason = "the store's entry " + entry.key() + " is ignored: " + e.getMessage();
        if (ignored.put(entry.key(), reason) == null) {
          LOG.log(Level.WARNING, reason);
        }
        return Optional.empty();
      }
    }

    private void check(SubnetLease lease) {
      if (!lease.backend().equals(own.backend())) {
        throw new IllegalArgumentException(
            "its backend is \"" + lease.backend() + "\", that of this host " + own.backend());
      }
      if (!cluster.contains(lease.subnet()) || lease.subnet().overlaps(own.subnet())) {
        throw new IllegalArgumentException("its subnet is not one of another host of " + cluster);
      }
    }
  }

  /** Removes device, entries and lease. */
  synchronized void remove(Network network) {
    running.filter(r -> r.networkId().equals(network.id())).ifPresent(r -> close());
    Cidr subnet = network.ipam().orElseThrow().subnet();
    FlannelBackend backend = OverlayOptions.backend(network);
    Optional<Uplink> uplink = uplink();
    uplink.ifPresent(
        found ->
            new PeerRoutes(
                    kernel.host(),
                    found,
                    backend,
                    OverlayOptions.cluster(network).orElseThrow(),
                    kernel.index(backend))
                .replaceAll(List.of()));
    if (backend.tunnels()) {
      kernel.delete(backend.device());
    }
    environment.delete();
    try {
      uplink.ifPresent(found -> leases.release(subnet, found.host()));
    } catch (EngineException e) {
      LOG.log(
          Level.WARNING,
          "the lease of {0} stays in the cluster store until it runs out: {1}",
          subnet,
          e.getMessage());
    }
    ignored.clear();
    lost = Optional.empty();
  }

  /** Empty where the address that others reached this host by is gone: so are the routes by it. */
  private Optional<Uplink> uplink() {
    try {
      return Optional.of(Uplink.find(kernel.host(), options.advertise()));
    } catch (EngineException gone) {
      return Optional.empty();
    }
  }

  /** The other hosts. */
  synchronized List<ClusterPeer> peers() {
    return running.stream()
        .flatMap(r -> r.routes().peers().values().stream())
        .map(p -> new ClusterPeer(p.subnet().toString(), p.host()))
        .toList();
  }

  /** What is wrong now. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(ignored.values().stream().sorted().toList());
    lost.ifPresent(warnings::add);
    return warnings;
  }

  /** Follows nobody any more; what the kernel has stays. */
  synchronized void close() {
    running.ifPresent(
        r -> {
          r.mirror().close();
          Renewals.end(r.renewal());
        });
    running = Optional.empty();
  }

  /** How long before its end a lease is renewed: as flannel does for its day. */
  static Duration margin(Duration life) {
    Duration half = life.dividedBy(2);
    Duration hour = Duration.ofHours(1);
    return half.compareTo(hour) < 0 ? half : hour;
  }

  /** The MAC address of a device that is made anew: it stays the same for the same subnet. */
  static MacAddress macFor(Cidr subnet) {
    return MacAddress.of(subnet.first());
  }
}
