package io.jdocker.network.driver;

import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.firewall.BridgeRules;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.Rule;

/** The trace entries of the bridge driver: what netlink was told, and how ip(8) would say it. */
final class BridgeTrace {
  private BridgeTrace() {}

  /**
   * The bridge and its rules are there before most containers; the commands are such that they do
   * nothing then, so that the script of any container builds it from nothing.
   */
  static void ensured(
      Network network, BridgeRules rules, Firewall firewall, long start, Trace trace) {
    String bridge = network.bridge();
    IpamConfig ipam = network.ipam().orElseThrow();
    Cidr gateway = ipam.gatewayAddress();
    int mtu = BridgeOptions.of(network).mtu();
    String addition = " address " + MacAddress.of(ipam.gateway()) + (mtu > 0 ? " mtu " + mtu : "");
    trace.record(
        Stage.NETWORK,
        "make the bridge of network " + network.name() + ", unless it is there",
        () -> "RTM_NEWLINK " + bridge + " kind=bridge IFF_UP; RTM_NEWADDR " + gateway,
        "0",
        start,
        () ->
            "ip link show "
                + bridge
                + " >/dev/null 2>&1 || { ip link add "
                + bridge
                + addition
                + " type bridge"
                + (BridgeOptions.of(network).bridgeHasAddress()
                    ? " && ip addr add " + gateway + " brd + dev " + bridge
                    : "")
                + " && ip link set "
                + bridge
                + " up; }");
    setting("let the host forward packets", "net.ipv4.ip_forward", trace);
    setting(
        "let packets from 127.0.0.1 go out by the bridge",
        "net.ipv4.conf." + bridge + ".route_localnet",
        trace);
    rules(rules, firewall, trace);
  }

  /** The engine's chains and the bridge's rules in them. */
  static void rules(BridgeRules rules, Firewall firewall, Trace trace) {
    trace.record(
        Stage.NETWORK,
        "make the engine's chains, unless they are there",
        () -> firewall.program() + "-restore --noflush",
        "0",
        0,
        () -> String.join("\n", firewall.describeBase()));
    for (Rule rule : firewall.describe(rules)) {
      String rest = rule.chain().name() + " " + rule.text();
      String table = firewall.program() + " -t " + rule.chain().table();
      trace.record(
          Stage.NETWORK,
          "a rule of the bridge, unless it is there",
          () -> "-A " + rest,
          "0",
          0,
          () -> table + " -C " + rest + " 2>/dev/null || " + table + " -A " + rest);
    }
  }

  private static void setting(String purpose, String name, Trace trace) {
    trace.record(
        Stage.NETWORK,
        purpose,
        () -> "write(/proc/sys/" + name.replace('.', '/') + ", \"1\")",
        "1",
        0,
        () -> "sysctl -qw " + name + "=1");
  }

  static void paired(
      Network network,
      Endpoint endpoint,
      String name,
      boolean hairpin,
      int mtu,
      long start,
      Trace trace) {
    String host = endpoint.hostLink();
    String both = mtu > 0 ? " mtu " + mtu : "";
    String mac = endpoint.mac().map(m -> " address " + m).orElse("");
    trace.record(
        Stage.NETWORK,
        "join host and container by a veth pair, one end a port of the bridge",
        () ->
            "RTM_NEWLINK "
                + host
                + " kind=veth master="
                + network.bridge()
                + " peer="
                + endpoint.link()
                + mac
                + " IFLA_NET_NS_FD",
        "0",
        start,
        () ->
            "ip link add "
                + host
                + both
                + " master "
                + network.bridge()
                + " type veth peer name "
                + endpoint.link()
                + both
                + mac
                + " netns "
                + name
                + " && ip link set "
                + host
                + " up && ip -n "
                + name
                + " link set "
                + endpoint.link()
                + " up");
    if (hairpin) {
      trace.record(
          Stage.NETWORK,
          "let the container call its own published ports",
          () -> "RTM_NEWLINK AF_BRIDGE " + host + " IFLA_BRPORT_MODE=1",
          "0",
          0,
          () -> "bridge link set dev " + host + " hairpin on");
    }
  }

  static void deleted(Endpoint endpoint, boolean deleted, long start, Trace trace) {
    trace.record(
        Stage.TEARDOWN,
        "delete the veth pair",
        () -> "RTM_DELLINK " + endpoint.hostLink(),
        deleted ? "0" : "ENODEV",
        start,
        () -> "ip link del " + endpoint.hostLink());
  }
}
