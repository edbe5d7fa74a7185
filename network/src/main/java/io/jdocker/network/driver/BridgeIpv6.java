package io.jdocker.network.driver;

import io.jdocker.linux.Sysctl;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Family;
import io.jdocker.network.Ipam6Config;
import io.jdocker.network.Network;
import io.jdocker.network.firewall.BridgeRules;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.GatewayMode;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a bridge has more where its network has IPv6. */
final class BridgeIpv6 {
  private static final String CONF = "net/ipv6/conf/";

  private final Rtnetlink host;
  private final Firewall firewall;

  BridgeIpv6(Rtnetlink host, Firewall firewall) {
    this.host = host;
    this.firewall = firewall;
  }

  /** Gives the bridge its address and lets the host forward; nothing without IPv6. */
  void setUp(Network network, int bridge) {
    if (network.ipam6().isEmpty()) {
      return;
    }
    String settings = CONF + network.bridge() + "/";
    if (!Sysctl.exists(settings + "disable_ipv6")) {
      throw new Unavailable(
          "this kernel has no IPv6 (ipv6.disable=1 at its start?): create the network without"
              + " --ipv6");
    }
    Sysctl.set(settings + "disable_ipv6", "0");
    // A container could announce itself as a router of the host.
    Sysctl.set(settings + "accept_ra", "0");
    if (hasAddress(network)) {
      adoptAddress(network, bridge, network.ipam6().get().gatewayAddress());
    }
    forward();
    firewall.addBridge(rules(network)).await();
  }

  private static boolean hasAddress(Network network) {
    return BridgeOptions.of(network).gatewayMode(Family.IPV6) != GatewayMode.ISOLATED;
  }

  private void adoptAddress(Network network, int bridge, Cidr6 wanted) {
    InetAddress address = wanted.address().toInetAddress();
    List<LinkAddress> present =
        host.addresses().list().stream()
            .filter(a -> a.link() == bridge && a.address().equals(address))
            .toList();
    if (present.isEmpty()) {
      host.addresses().add(bridge, address, wanted.prefix());
    } else if (present.get(0).prefix() != wanted.prefix()) {
      throw new Conflict(
          "bridge "
              + network.bridge()
              + " has the address "
              + present.get(0).address().getHostAddress()
              + "/"
              + present.get(0).prefix()
              + " instead of "
              + wanted
              + ": remove that address or the bridge");
    }
  }

  /**
   * A host that forwards does not listen to routers any more and would lose its own default route
   * with the lifetime that they gave it, unless told to go on (accept_ra=2, kernel's
   * ip-sysctl.rst).
   */
  private void forward() {
    if (Sysctl.read("net.ipv6.conf.all.forwarding").equals("1")) {
      return;
    }
    Set<Integer> uplinks =
        host.routes().list6().stream()
            .filter(route -> route.destination().isEmpty())
            .map(Route::link)
            .collect(Collectors.toSet());
    for (LinkInfo link : host.links().list()) {
      String listen = CONF + link.name() + "/accept_ra";
      if (uplinks.contains(link.index()) && Sysctl.read(listen).equals("1")) {
        Sysctl.set(listen, "2");
      }
    }
    Sysctl.set("net.ipv6.conf.default.forwarding", "1");
    Sysctl.set("net.ipv6.conf.all.forwarding", "1");
    firewall.stopForwardingForOthers();
  }

  void remove(Network network) {
    if (network.ipam6().isPresent()) {
      firewall.removeBridge(rules(network)).await();
    }
  }

  private static BridgeRules rules(Network network) {
    Ipam6Config ipam = network.ipam6().orElseThrow();
    BridgeOptions options = BridgeOptions.of(network);
    return new BridgeRules(
        network.bridge(),
        ipam.subnet(),
        ipam.gateway(),
        network.internal(),
        options.communication(),
        options.masquerade(),
        options.gatewayMode(Family.IPV6),
        options.trusted());
  }

  /** The same as a person would type it, so that it may be typed again. */
  void trace(Network network, long start, Trace trace) {
    if (network.ipam6().isEmpty()) {
      return;
    }
    String bridge = network.bridge();
    Cidr6 gateway = network.ipam6().get().gatewayAddress();
    trace.record(
        Stage.NETWORK,
        "give the bridge its IPv6 address and let the host forward by IPv6",
        () -> "RTM_NEWADDR " + gateway + " IFA_F_NODAD; net.ipv6.conf.all.forwarding=1",
        "0",
        start,
        () ->
            "sysctl -qw net/ipv6/conf/"
                + bridge
                + "/disable_ipv6=0 net/ipv6/conf/"
                + bridge
                + "/accept_ra=0 net.ipv6.conf.all.forwarding=1"
                + (hasAddress(network)
                    ? "\nip addr replace " + gateway + " dev " + bridge + " nodad"
                    : ""));
    BridgeTrace.rules(rules(network), firewall, trace);
  }
}
