package io.jdocker.network.firewall;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Protocol;
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
  private final boolean bridgedTrafficIsSeen;

  /**
   * @param prefix how every chain's name begins, {@code JDOCKER}
   * @param bridgedTrafficIsSeen true where iptables sees frames between two ports of a bridge
   *     (bridge-nf-call-iptables), so that their translation is undone on the way back
   */
  Layout(String prefix, boolean bridgedTrafficIsSeen) {
    this.prefix = prefix;
    this.forward = new Chain(Table.FILTER, prefix + "-FORWARD");
    this.answers = new Chain(Table.FILTER, prefix + "-CT");
    this.internal = new Chain(Table.FILTER, prefix + "-INTERNAL");
    this.bridges = new Chain(Table.FILTER, prefix + "-BRIDGE");
    this.filter = new Chain(Table.FILTER, prefix);
    this.nat = new Chain(Table.NAT, prefix);
    this.post = new Chain(Table.NAT, prefix + "-POST");
    this.raw = new Chain(Table.RAW, prefix + "-RAW");
    this.bridgedTrafficIsSeen = bridgedTrafficIsSeen;
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
    return rest.isEmpty() || rest.matches("-(FORWARD|CT|INTERNAL|BRIDGE|POST|RAW|[TUSH][0-9.]+)");
  }

  /** The jumps from the kernel's chains into ours, the first one first. */
  List<Rule> entries() {
    String local = "-m addrtype --dst-type LOCAL -j " + nat.name();
    return List.of(
        new Rule(new Chain(Table.FILTER, "FORWARD"), "-j " + user().name()),
        new Rule(new Chain(Table.FILTER, "FORWARD"), "-j " + forward.name()),
        new Rule(new Chain(Table.NAT, "PREROUTING"), local),
        new Rule(new Chain(Table.NAT, "OUTPUT"), local),
        new Rule(new Chain(Table.NAT, "POSTROUTING"), "-j " + post.name()),
        new Rule(new Chain(Table.RAW, "PREROUTING"), "-j " + raw.name()));
  }

  /** Our chains as they are without any network. */
  RuleSet empty() {
    RuleSet rules = new RuleSet();
    for (Chain chain : List.of(answers, internal, bridges, filter, nat, post, raw)) {
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
    Cidr subnet = network.subnet().subnet();
    String toBridge = "! -i " + name + " -o " + name;
    List<Rule> rules = new ArrayList<>();
    if (network.internal()) {
      rules.add(new Rule(internal, "! -s " + subnet + " -o " + name + " -j DROP"));
      rules.add(new Rule(internal, "! -d " + subnet + " -i " + name + " -j DROP"));
    } else {
      rules.add(
          new Rule(
              answers, "-o " + name + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"));
      rules.add(new Rule(filter, toBridge + " -m conntrack --ctstate DNAT -j ACCEPT"));
      rules.add(new Rule(filter, toBridge + " -j DROP"));
      rules.add(new Rule(bridges, "-o " + name + " -j " + filter.name()));
      rules.addAll(translation(network, name, subnet));
    }
    if (network.communication()) {
      rules.add(new Rule(forward, "-i " + name + " -j ACCEPT"));
    } else {
      rules.add(new Rule(forward, "-i " + name + " -o " + name + " -j DROP"));
      rules.add(new Rule(forward, "-i " + name + " ! -o " + name + " -j ACCEPT"));
    }
    return rules.stream().map(Placement::of).toList();
  }

  private List<Rule> translation(BridgeRules network, String name, Cidr subnet) {
    List<Rule> rules = new ArrayList<>();
    if (network.masquerade()) {
      rules.add(new Rule(post, "-s " + subnet + " ! -o " + name + " -j MASQUERADE"));
    }
    // 127.0.0.1 as a source could not be answered from inside the container.
    rules.add(new Rule(post, "-o " + name + " -m addrtype --src-type LOCAL -j MASQUERADE"));
    if (!bridgedTrafficIsSeen) {
      rules.add(
          new Rule(
              post,
              "-s " + subnet + " -d " + subnet + " -m conntrack --ctstate DNAT -j MASQUERADE"));
    }
    // The gateway is an address of the host. All others must not be routed to from outside.
    rules.add(new Rule(raw, "-d " + network.gateway() + " -j RETURN"));
    rules.add(new Rule(raw, "-d " + subnet + " ! -i " + name + " -j DROP"));
    // route_localnet lets 127.0.0.0/8 in by this bridge too: not for containers (CVE-2020-8558).
    rules.add(new Rule(raw, "-d 127.0.0.0/8 -i " + name + " -j DROP"));
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
  List<Placement> ports(Ipv4 container, List<PortBinding> bindings) {
    List<Placement> placements = new ArrayList<>();
    for (PortBinding binding : bindings) {
      if (!binding.isIpv6()) {
        placements.add(destination(container, binding));
        guard(binding).ifPresent(placements::add);
      }
    }
    if (!placements.isEmpty()) {
      placements.add(hairpin(container));
    }
    return placements;
  }

  private Placement destination(Ipv4 container, PortBinding binding) {
    Protocol protocol = binding.container().protocol();
    int first = binding.hostPort() / PORTS_A_BLOCK * PORTS_A_BLOCK;
    Chain block = new Chain(Table.NAT, prefix + "-" + protocol.name().charAt(0) + first);
    String range = first + ":" + (first + PORTS_A_BLOCK - 1);
    Rule jump = new Rule(nat, "-p " + protocol + " --dport " + range + " -j " + block.name());
    String host = binding.hostAddress();
    Rule rule =
        new Rule(
            block,
            (host.equals("0.0.0.0") ? "" : "-d " + host + "/32 ")
                + ("-p " + protocol + " --dport " + binding.hostPort())
                + (" -j DNAT --to-destination " + container + ":" + binding.container().number()));
    return new Placement(rule, Optional.of(jump));
  }

  /** What is published on 127.0.0.1 must not answer a neighbour who routes that address to us. */
  private Optional<Placement> guard(PortBinding binding) {
    if (!Ipv4.of(binding.hostAddress()).isLoopback()) {
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
