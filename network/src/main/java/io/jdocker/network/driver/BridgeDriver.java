package io.jdocker.network.driver;

import io.jdocker.linux.Sysctl;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.VethSpec;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Family;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.firewall.BridgeRules;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.Firewalls;
import io.jdocker.network.firewall.GatewayMode;
import io.jdocker.network.namespace.OpenNamespace;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A Linux bridge on the host; a container is on it by a veth pair whose one end is a port of the
 * bridge and whose other end is the container's ethN.
 */
public final class BridgeDriver implements Driver {
  /** How this engine calls its ports; those that people add have names of their own. */
  private static final Pattern OWN_PORT = Pattern.compile("veth[0-9a-f]{7}");

  private static final int FORWARDING_CHECKS = 25;
  private static final long FORWARDING_PAUSE_NANOS = 200_000;

  private final Rtnetlink host;
  private final LinkReaper reaper;
  private final Firewall firewall;
  private final BridgeIpv6 six;

  /** Index of each bridge that has been set up or looked over since the engine started. */
  private final ConcurrentMap<String, Integer> ready = new ConcurrentHashMap<>();

  public BridgeDriver(Rtnetlink host, LinkReaper reaper, Firewalls firewalls) {
    this.host = host;
    this.reaper = reaper;
    this.firewall = firewalls.four();
    this.six = new BridgeIpv6(host, firewalls.six());
  }

  @Override
  public String name() {
    return "bridge";
  }

  @Override
  public void validate(NetworkSpec spec, Collection<Network> others) {
    BridgeOptions options = BridgeOptions.checked(spec.options());
    for (Family family : Family.values()) {
      if (options.gatewayMode(family) == GatewayMode.ISOLATED && !spec.internal()) {
        throw new InvalidArgument(
            "gateway mode 'isolated' can only be used for an internal network");
      }
    }
  }

  @Override
  public String ownLink(NetworkSpec spec, String standard) {
    return BridgeOptions.checked(spec.options()).bridgeName().orElse(standard);
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, true, true);
  }

  @Override
  public void ensure(Network network, Trace trace) {
    long start = System.nanoTime();
    synchronized (this) {
      if (!ready.containsKey(network.bridge())) {
        ready.put(network.bridge(), setUp(network));
      }
    }
    BridgeTrace.ensured(network, rules(network), firewall, start, trace);
    six.trace(network, start, trace);
  }

  private int setUp(Network network) {
    String bridge = network.bridge();
    IpamConfig ipam = network.ipam().orElseThrow();
    try (Undo undo = new Undo()) {
      LinkInfo link = findOrCreate(network, undo);
      if (BridgeOptions.of(network).bridgeHasAddress()) {
        adoptAddress(link.index(), bridge, ipam.gatewayAddress());
      }
      host.links().setUp(link.index());
      boolean flipped = Sysctl.set("net.ipv4.ip_forward", "1");
      // A slash, as sysctl(8) takes it: the name of a chosen bridge may hold a dot.
      Sysctl.set("net/ipv4/conf/" + bridge + "/route_localnet", "1");
      if (flipped) {
        firewall.stopForwardingForOthers();
      }
      firewall.addBridge(rules(network)).await();
      six.setUp(network, link.index());
      undo.commit();
      return link.index();
    }
  }

  private LinkInfo findOrCreate(Network network, Undo undo) {
    String bridge = network.bridge();
    Optional<LinkInfo> present = host.links().find(bridge);
    if (present.isPresent()) {
      if (!present.get().kind().equals("bridge")) {
        throw new Conflict(
            "link " + bridge + " is there already and is no bridge: remove it or choose another");
      }
      return present.get();
    }
    MacAddress mac = MacAddress.of(network.ipam().orElseThrow().gateway());
    host.links().createBridge(bridge, mac.toString(), BridgeOptions.of(network).mtu());
    undo.push("delete " + bridge, () -> reaper.delete(bridge));
    return host.links().find(bridge).orElseThrow();
  }

  private void adoptAddress(int index, String bridge, Cidr wanted) {
    InetAddress address = wanted.address().toInetAddress();
    List<LinkAddress> present =
        host.addresses().list().stream()
            .filter(a -> a.link() == index && a.address().getAddress().length == 4)
            .toList();
    if (present.stream()
        .noneMatch(a -> a.address().equals(address) && a.prefix() == wanted.prefix())) {
      if (!present.isEmpty()) {
        throw new Conflict(
            "bridge "
                + bridge
                + " has the address "
                + present.get(0).address().getHostAddress()
                + "/"
                + present.get(0).prefix()
                + " instead of "
                + wanted
                + ": remove that address or the bridge, or start the engine with --bip");
      }
      host.addresses().add(index, address, wanted.prefix());
    }
  }

  private static BridgeRules rules(Network network) {
    IpamConfig ipam = network.ipam().orElseThrow();
    BridgeOptions options = BridgeOptions.of(network);
    return new BridgeRules(
        network.bridge(),
        ipam.subnet(),
        ipam.gateway(),
        network.internal(),
        options.communication(),
        options.masquerade(),
        options.gatewayMode(Family.IPV4),
        options.trusted());
  }

  @Override
  public void remove(Network network) {
    firewall.removeBridge(rules(network)).await();
    six.remove(network);
    synchronized (this) {
      ready.remove(network.bridge());
    }
    reaper.delete(network.bridge());
  }

  @Override
  public void join(
      Network network,
      Endpoint endpoint,
      OpenNamespace namespace,
      String name,
      boolean hairpin,
      Trace trace) {
    long start = System.nanoTime();
    int mtu = BridgeOptions.of(network).mtu();
    String mac = endpoint.mac().map(MacAddress::toString).orElse("");
    Integer bridge = ready.get(network.bridge());
    if (bridge == null) {
      throw new SystemFailure("bridge " + network.bridge() + " is not set up");
    }
    host.links()
        .createVeth(
            new VethSpec(endpoint.hostLink(), bridge, mtu, endpoint.link(), mac, namespace.fd()));
    if (hairpin) {
      LinkInfo port = host.links().find(endpoint.hostLink()).orElseThrow();
      host.links().setHairpin(port.index(), true);
    }
    BridgeTrace.paired(network, endpoint, name, hairpin, mtu, start, trace);
    ContainerEnd.raise(endpoint, namespace, name, trace);
    RateLimit.apply(host, endpoint, namespace, name, trace);
  }

  /**
   * The bridge forwards to a port once the kernel's link watch, a work queue, has seen its carrier.
   * What is sent before is lost and sent again a second later: worth a fraction of a millisecond. A
   * busy machine is waited for 5 ms at most: the container's first packet may well come later.
   */
  @Override
  public void awaitReady(Endpoint endpoint) {
    for (int i = 0; i < FORWARDING_CHECKS; i++) {
      if (host.links().find(endpoint.hostLink()).filter(LinkInfo::isOperational).isPresent()) {
        return;
      }
      LockSupport.parkNanos(FORWARDING_PAUSE_NANOS);
    }
  }

  /** A bridge that somebody deleted is there again by now, but has lost its ports. */
  @Override
  public void rejoin(Network network, Endpoint endpoint, boolean hairpin) {
    int bridge = ready.get(network.bridge());
    host.links()
        .find(endpoint.hostLink())
        .filter(port -> port.master() != bridge)
        .ifPresent(
            port -> {
              host.links().setMaster(port.index(), bridge);
              host.links().setUp(port.index());
              if (hairpin) {
                host.links().setHairpin(port.index(), true);
              }
            });
  }

  @Override
  public void sweep(Network network, Set<String> hostLinks) {
    Optional<LinkInfo> bridge = host.links().find(network.bridge());
    if (bridge.isEmpty()) {
      return;
    }
    host.links().list().stream()
        .filter(link -> link.master() == bridge.get().index() && link.kind().equals("veth"))
        .map(LinkInfo::name)
        .filter(name -> OWN_PORT.matcher(name).matches() && !hostLinks.contains(name))
        .forEach(reaper::delete);
  }

  @Override
  public void leave(
      Network network,
      Endpoint endpoint,
      Supplier<Optional<OpenNamespace>> namespace,
      Trace trace) {
    long start = System.nanoTime();
    boolean deleted = reaper.delete(endpoint.hostLink());
    BridgeTrace.deleted(endpoint, deleted, start, trace);
  }
}
