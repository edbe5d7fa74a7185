package io.jdocker.network.firewall;

import io.jdocker.network.Cidr;
import io.jdocker.network.Family;
import io.jdocker.network.Ip;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Protocol;
import io.jdocker.network.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The chains of an engine and the rules in them. Immutable.
 *
 * <pre>
 * filter FORWARD    -> JDOCKER-USER (the user's), JDOCKER-FORWARD
 * JDOCKER-FORWARD   -> JDOCKER-CT (answers), JDOCKER-INTERNAL, JDOCKER-BRIDGE; accept what leaves
 * JDOCKER-BRIDGE    -> JDOCKER, which drops what enters a bridge and was not published
 * nat PREROUTING, OUTPUT to a local address -> JDOCKER -> 64 ports a chain: DNAT
 * nat POSTROUTING   -> JDOCKER-POST: masquerade
 * raw PREROUTING    -> JDOCKER-RAW: drops what was routed straight to a container
 * JDOCKER-OPEN      published ports of containers that may be reached at their own address
 * </pre>
 *
 * <p>Docker accepts each published port in filter by a rule of its own. Here one rule a bridge
 * accepts what DNAT has sent there (conntrack state DNAT), which says the same in one place.
 */
final class Layout {
  private static final int PORTS_A_BLOCK = 64;
  private static final int BLOCK_PREFIX = 27;

  private final String prefix;
  private final Chain forward;
  private final Chain answers;
  private final Chain internal;
  private final Chain bridges;
  private final Chain filter;
  private final Chain nat;
  private final Chain post;
  private final Chain raw;
  private final Chain open;
  private final Family family;
  private final boolean bridgedTrafficIsSeen;

  /**
   * @param prefix how every chain's name begins, {@code JDOCKER}
   * @param bridgedTrafficIsSeen true where iptables sees frames between two ports of a bridge
   *     (bridge-nf-call-iptables), so that their translation is undone on the way back
   */
  Layout(String prefix, boolean bridgedTrafficIsSeen) {
    this(Family.IPV4, prefix, bridgedTrafficIsSeen);
  }

  Layout(Family family, String prefix, boolean bridgedTrafficIsSeen) {
    this.family = family;
    this.prefix = prefix;
    this.forward = new Chain(Table.FILTER, prefix + "-FORWARD");
    this.answers = new Chain(Table.FILTER, prefix + "-CT");
    this.internal = new Chain(Table.FILTER, prefix + "-INTERNAL");
    this.bridges = new Chain(Table.FILTER, prefix + "-BRIDGE");
    this.filter = new Chain(Table.FILTER, prefix);
    this.nat = new Chain(Table.NAT, prefix);
    this.post = new Chain(Table.NAT, prefix + "-POST");
    this.raw = new Chain(Table.RAW, prefix + "-RAW");
    this.open = new Chain(Table.FILTER, prefix + "-OPEN");
    this.bridgedTrafficIsSeen = bridgedTrafficIsSeen;
  }

  /** The command that shows and changes these rules. */
  String program() {
    return family == Family.IPV4 ? "iptables" : "ip6tables";
  }

  /** The prefix for an engine, told apart by its default bridge: two may share a namespace. */
  static String prefixFor(String bridge) {
    if (bridge.equals("jdocker0")) {
      return "JDOCKER";
    }
    return "JDOCKER-" + String.format(Locale.ROOT, "%03x", bridge.hashCode() & 0xfff);
  }

  /** The user's own chain, shared by all engines, made when missing and never changed. */
  static Chain user() {
    return new Chain(Table.FILTER, "JDOCKER-USER");
  }

  boolean isOurs(Chain chain) {
    String name = chain.name();
    if (chain.equals(user()) || !name.startsWith(prefix)) {
      return false;
    }
    String rest = name.substring(prefix.length());
    // JDOCKER-1af-FORWARD belongs to another engine than JDOCKER-FORWARD.
    return rest.isEmpty()
        || rest.matches("-(FORWARD|CT|INTERNAL|BRIDGE|POST|RAW|OPEN|[TUSH][0-9.]+)");
  }

  /** The jumps from the kernel's chains into ours, the first one first. */
  List<Rule> entries() {
    String local = "-m addrtype --dst-type LOCAL -j " + nat.name();
    return List.of(
        new Rule(new Chain(Table.FILTER, "FORWARD"), "-j " + user().name()),
        new Rule(new Chain(Table.FILTER, "FORWARD"), "-j " + forward.name()),
        new Rule(new Chain(Table.NAT, "PREROUTING"), local),
        new Rule(new Chain(Table.NAT, "OUTPUT"), notFromLocalhost() + local),
        new Rule(new Chain(Table.NAT, "POSTROUTING"), "-j " + post.name()),
        new Rule(new Chain(Table.RAW, "PREROUTING"), "-j " + raw.name()));
  }

  /** No packet from ::1 can leave the host, translated or not: the relay serves those. */
  private String notFromLocalhost() {
    return family == Family.IPV4 ? "" : "! -d ::1/128 ";
  }

  /** Our chains as they are without any network. */
  RuleSet empty() {
    RuleSet rules = new RuleSet();
    for (Chain chain : List.of(answers, internal, bridges, filter, open, nat, post, raw)) {
      rules.found(chain, List.of());
    }
    rules.found(
        forward,
        List.of(
            new Rule(forward, "-j " + answers.name()),
            new Rule(forward, "-j " + internal.name()),
            new Rule(forward, "-j " + bridges.name())));
    return rules;
  }

  /** The rules of one bridge. */
  List<Placement> bridge(BridgeRules network) {
    String name = network.bridge();
    List<Rule> rules = new ArrayList<>();
    if (network.internal()) {
      rules.addAll(isolation(network, name));
    } else {
      rules.add(
          new Rule(
              answers, "-o " + name + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"));
      rules.addAll(entrance(network, "! -i " + name + " -o " + name));
      rules.add(new Rule(bridges, "-o " + name + " -j " + filter.name()));
      if (!network.mode().isRouted()) {
        rules.addAll(translation(network, name));
      }
      rules.addAll(protection(network, name));
    }
    if (network.communication()) {
      rules.add(new Rule(forward, "-i " + name + " -j ACCEPT"));
    } else {
      rules.add(new Rule(forward, "-i " + name + " -o " + name + " -j DROP"));
      rules.add(new Rule(forward, "-i " + name + " ! -o " + name + " -j ACCEPT"));
    }
    return rules.stream().map(Placement::of).toList();
  }

  /**
   * Frames between two ports of the bridge may come by here as well. With IPv6 some of them have
   * addresses that are in no subnet: those by which neighbours find each other.
   */
  private List<Rule> isolation(BridgeRules network, String name) {
    Subnet subnet = network.subnet().subnet();
    boolean four = family == Family.IPV4;
    String in = four ? "! -s " + subnet + " -o " + name : "! -i " + name + " -o " + name;
    String out = four ? "! -d " + subnet + " -i " + name : "-i " + name + " ! -o " + name;
    return List.of(new Rule(internal, in + " -j DROP"), new Rule(internal, out + " -j DROP"));
  }

  /** What comes in from elsewhere. */
  private List<Rule> entrance(BridgeRules network, String toBridge) {
    List<Rule> rules = new ArrayList<>();
    if (network.mode() == GatewayMode.NAT_UNPROTECTED) {
      rules.add(new Rule(filter, toBridge + " -j ACCEPT"));
      return rules;
    }
    if (network.mode().isRouted()) {
      String icmp = family == Family.IPV4 ? "icmp" : "ipv6-icmp"; // path MTU discovery needs it
      rules.add(new Rule(filter, toBridge + " -p " + icmp + " -j ACCEPT"));
    } else {
      rules.add(new Rule(filter, toBridge + " -m conntrack --ctstate DNAT -j ACCEPT"));
    }
    if (network.mode().isRouted() || !network.trusted().isEmpty()) {
      rules.add(new Rule(filter, toBridge + " -j " + open.name()));
    }
    rules.add(new Rule(filter, toBridge + " -j DROP"));
    return rules;
  }

  private List<Rule> translation(BridgeRules network, String name) {
    Subnet subnet = network.subnet().subnet();
    boolean four = family == Family.IPV4;
    List<Rule> rules = new ArrayList<>();
    if (network.masquerade()) {
      rules.add(new Rule(post, "-s " + subnet + " ! -o " + name + " -j MASQUERADE"));
    }
    if (four) {
      // 127.0.0.1 as a source could not be answered from inside the container.
      rules.add(new Rule(post, "-o " + name + " -m addrtype --src-type LOCAL -j MASQUERADE"));
    }
    if (!four || !bridgedTrafficIsSeen) {
      rules.add(
          new Rule(
              post,
              "-s " + subnet + " -d " + subnet + " -m conntrack --ctstate DNAT -j MASQUERADE"));
    }
    return rules;
  }

  /** What must not even reach the filter. */
  private List<Rule> protection(BridgeRules network, String name) {
    Subnet subnet = network.subnet().subnet();
    List<Rule> rules = new ArrayList<>();
    if (network.mode() == GatewayMode.NAT) {
      // The gateway is an address of the host. All others must not be routed to from outside.
      rules.add(new Rule(raw, "-d " + network.gateway() + " -j RETURN"));
      for (String link : network.trusted()) {
        rules.add(new Rule(raw, "-d " + subnet + " -i " + link + " -j RETURN"));
      }
      rules.add(new Rule(raw, "-d " + subnet + " ! -i " + name + " -j DROP"));
    }
    if (family == Family.IPV4) {
      // route_localnet lets 127.0.0.0/8 in by this bridge too: not for containers (CVE-2020-8558).
      rules.add(new Rule(raw, "-d 127.0.0.0/8 -i " + name + " -j DROP"));
    }
    return rules;
  }

  /**
   * The rules by which packets of a cluster's containers pass between hosts as they are. They stand
   * before those of the bridge, which keep everybody else out.
   */
  List<Placement> overlay(OverlayRules network) {
    String bridge = network.bridge();
    String way = network.device().isEmpty() ? "! -i " + bridge : "-i " + network.device();
    String between = "-s " + network.cluster() + " " + way;
    String away = "-s " + network.subnet() + " -d " + network.cluster() + " ! -o " + bridge;
    return List.of(
        Placement.of(
            new Rule(
                raw,
                "-s " + network.cluster() + " -d " + network.subnet() + " " + way + " -j RETURN")),
        Placement.of(new Rule(filter, between + " -o " + bridge + " -j ACCEPT")),
        Placement.of(new Rule(post, away + " -j RETURN")));
  }

  /** The rules of the published ports of one container address. */
  List<Placement> ports(PortRules ports) {
    List<Placement> placements = new ArrayList<>();
    boolean translated = false;
    for (PortBinding binding : ports.bindings()) {
      if (binding.isIpv6() != (family == Family.IPV6)) {
        continue;
      }
      if (binding.isTranslated()) {
        translated = true;
        placements.add(destination(ports.container(), binding));
        guard(binding).ifPresent(placements::add);
      }
      if (ports.direct() || binding.isRouted()) {
        placements.add(opening(ports.container(), binding.container()));
      }
    }
    if (translated && ports.container() instanceof Ipv4 four) {
      placements.add(hairpin(four));
    }
    return placements;
  }

  private Placement opening(Ip container, Port port) {
    return Placement.of(
        new Rule(
            open,
            "-d "
                + container.alone()
                + (" -p " + port.protocol() + " --dport " + port.number() + " -j ACCEPT")));
  }

  private Placement destination(Ip container, PortBinding binding) {
    Protocol protocol = binding.container().protocol();
    int first = binding.hostPort() / PORTS_A_BLOCK * PORTS_A_BLOCK;
    Chain block = new Chain(Table.NAT, prefix + "-" + protocol.name().charAt(0) + first);
    String range = first + ":" + (first + PORTS_A_BLOCK - 1);
    Rule jump = new Rule(nat, "-p " + protocol + " --dport " + range + " -j " + block.name());
    Rule rule =
        new Rule(
            block,
            onHost(binding)
                + ("-p " + protocol + " --dport " + binding.hostPort())
                + (" -j DNAT --to-destination " + target(container, binding.container())));
    return new Placement(rule, Optional.of(jump));
  }

  /**
   * Who calls from an address of one link alone cannot be answered from another: the relay does.
   */
  private String onHost(PortBinding binding) {
    Ip host = Ip.parse(binding.hostAddress()).orElseThrow();
    String there = host.isAny() ? "" : "-d " + host.alone() + " ";
    return family == Family.IPV4 ? there : "! -s fe80::/10 " + there;
  }

  private static String target(Ip container, Port port) {
    String address = container instanceof Ipv6 ? "[" + container + "]" : container.toString();
    return address + ":" + port.number();
  }

  /** What is published on 127.0.0.1 must not answer a neighbour who routes that address to us. */
  private Optional<Placement> guard(PortBinding binding) {
    if (!Ip.parse(binding.hostAddress()).orElseThrow().isLoopback()) {
      return Optional.empty();
    }
    Rule rule =
        new Rule(
            raw,
            "-d "
                + binding.hostAddress()
                + "/32 ! -i lo -p "
                + binding.container().protocol()
                + " --dport "
                + binding.hostPort()
                + " -j DROP");
    return Optional.of(Placement.of(rule));
  }

  /** A container that calls its own published port must see another source than itself. */
  private Placement hairpin(Ipv4 container) {
    Cidr block = new Cidr(container, BLOCK_PREFIX).subnet();
    Chain chain = new Chain(Table.NAT, prefix + "-H" + block.address());
    Rule jump = new Rule(post, "-s " + block + " -d " + block + " -j " + chain.name());
    Rule rule = new Rule(chain, "-s " + container + "/32 -d " + container + "/32 -j MASQUERADE");
    return new Placement(rule, Optional.of(jump));
  }

  /** Lets one container reach another's port where the network forbids that otherwise. */
  List<Placement> link(LinkRules link) {
    List<Placement> placements = new ArrayList<>();
    String both = "-i " + link.bridge() + " -o " + link.bridge();
    link.ports().stream()
        .sorted()
        .forEach(
            port -> {
              String protocol = " -p " + port.protocol();
              String there = " -s " + link.from() + "/32 -d " + link.to() + "/32";
              String back = " -s " + link.to() + "/32 -d " + link.from() + "/32";
              placements.add(
                  rule(both + there + protocol + " --dport " + port.number() + " -j ACCEPT"));
              placements.add(
                  rule(both + back + protocol + " --sport " + port.number() + " -j ACCEPT"));
            });
    return placements;
  }

  private Placement rule(String text) {
    return Placement.of(new Rule(filter, text));
  }
}
