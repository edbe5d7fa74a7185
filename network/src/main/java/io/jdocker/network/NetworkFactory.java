package io.jdocker.network;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.ipam.LocalPrefix;
import io.jdocker.network.ipam.SubnetChooser;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a wish into a network: checks it, chooses what was left open. Touches nothing. */
final class NetworkFactory {
  private final NetworkOptions options;
  private final Rtnetlink host;
  private final Ids ids;
  private final SubnetChooser chooser;

  NetworkFactory(NetworkOptions options, Rtnetlink host, Ids ids) {
    this.options = options;
    this.host = host;
    this.ids = ids;
    this.chooser = new SubnetChooser(options.pools());
  }

  /** host or none. */
  Network plain(String id, String name, String driver) {
    return new Network(
        id, name, driver, Instant.now(), Optional.empty(), "", false, false, Map.of(), Map.of());
  }

  /**
   * The default bridge network: with the address of {@code --bip}, else with that of a bridge of
   * this name that is there already, else with a free one.
   */
  Network defaultBridge(String id, Collection<Cidr> taken) {
    Cidr address =
        options
            .bip()
            .map(NetworkFactory::checkedBip)
            .or(this::presentAddress)
            .orElseGet(
                () -> {
                  Cidr subnet = choose(taken);
                  return new Cidr(subnet.first().plus(1), subnet.prefix());
                });
    return new Network(
        id,
        Network.DEFAULT,
        "bridge",
        Instant.now(),
        Optional.of(IpamConfig.of(address.subnet(), address.address())),
        options.bridge(),
        false,
        false,
        Map.of(
            BridgeOptions.DEFAULT_BRIDGE, "true",
            BridgeOptions.ICC, "true",
            BridgeOptions.MASQUERADE, "true",
            BridgeOptions.HOST_ADDRESS, "0.0.0.0",
            BridgeOptions.NAME, options.bridge(),
            BridgeOptions.MTU, "1500"),
        Map.of());
  }

  static Cidr checkedBip(Cidr bip) {
    if (bip.prefix() > 30
        || bip.address().equals(bip.first())
        || bip.address().equals(bip.last())) {
      throw new InvalidArgument(
          "invalid --bip "
              + bip
              + ": it must be an address of the bridge with its prefix, such as"
              + " 192.168.1.1/24, and neither the network's nor the broadcast address");
    }
    return bip;
  }

  private Optional<Cidr> presentAddress() {
    return host.links().find(options.bridge()).map(LinkInfo::index).flatMap(this::addressOf);
  }

  private Optional<Cidr> addressOf(int link) {
    return host.addresses().list().stream()
        .filter(a -> a.link() == link)
        .flatMap(a -> cidr(a).stream())
        .findFirst();
  }

  private static Optional<Cidr> cidr(LinkAddress address) {
    return address.address() instanceof Inet4Address four
        ? Optional.of(new Cidr(Ipv4.of(four), address.prefix()))
        : Optional.empty();
  }

  /**
   * The subnets of all networks.
   *
   * @param prefix where IPv6 subnets are chosen from
   */
  record Taken(Collection<Cidr> four, Collection<Cidr6> six, LocalPrefix prefix) {}

  /** A user-defined network of that driver. */
  Network network(NetworkSpec spec, Driver driver, Taken taken) {
    boolean six = spec.ipv6();
    if (six && !driver.traits().subnetNeeded()) {
      throw new InvalidArgument("driver " + driver.name() + " has no IPv6 addresses to give out");
    }
    if (!six && !spec.six().equals(SubnetSpec.ANY)) {
      throw new InvalidArgument(
          "invalid subnet "
              + spec.six().subnet().orElse("")
              + ": it is of IPv6, which the network is made without: add --ipv6");
    }
    Optional<Cidr> wanted = spec.subnet().map(NetworkFactory::subnet);
    wanted.ifPresent(s -> SubnetChooser.requireFree(s, taken.four()));
    if (wanted.isEmpty() && (spec.range().isPresent() || spec.gateway().isPresent())) {
      throw new InvalidArgument("--gateway and --ip-range need a --subnet");
    }
    String id = ids.next();
    return new Network(
        id,
        spec.name(),
        driver.name(),
        Instant.now(),
        wanted.isPresent() || driver.traits().subnetNeeded()
            ? Optional.of(ipam(spec, wanted.orElseGet(() -> choose(taken.four())).subnet()))
            : Optional.empty(),
        six
            ? Optional.of(Ipam6Factory.of(spec.six(), taken.prefix(), taken.six(), onHost6()))
            : Optional.empty(),
        driver.ownLink(spec, bridgeName(id)),
        spec.internal(),
        spec.attachable(),
        spec.options(),
        spec.labels());
  }

  /** What the bridge of a user-defined network is called unless the user chose a name. */
  static String bridgeName(String networkId) {
    return "br-" + Ids.brief(networkId);
  }

  private static Cidr subnet(String text) {
    Cidr cidr =
        Cidr.parse(text)
            .orElseThrow(
                () ->
                    new InvalidArgument(
                        "Invalid subnet " + text + " : invalid CIDR address: " + text));
    if (cidr.prefix() > 30 || cidr.prefix() < 8) {
      throw new InvalidArgument(
          "Invalid subnet " + text + " : the prefix length must be in 8 to 30");
    }
    if (!cidr.address().equals(cidr.first())) {
      throw new InvalidArgument("invalid subnet " + text + ": it should be " + cidr.subnet());
    }
    return cidr;
  }

  private static IpamConfig ipam(NetworkSpec spec, Cidr subnet) {
    Ipv4 gateway = spec.gateway().map(g -> gateway(g, subnet)).orElse(subnet.first().plus(1));
    Optional<Cidr> range = spec.range().map(r -> range(r, subnet));
    return new IpamConfig(
        subnet,
        range,
        gateway,
        ReservedAddresses.of(spec.reserved(), Ipv4::parse, subnet::contains, gateway));
  }

  private static Ipv4 gateway(String text, Cidr subnet) {
    Ipv4 gateway =
        Ipv4.parse(text).orElseThrow(() -> new InvalidArgument("invalid gateway address: " + text));
    if (!subnet.contains(gateway)
        || gateway.equals(subnet.first())
        || gateway.equals(subnet.last())) {
      throw new InvalidArgument("gateway " + text + " is no host address of subnet " + subnet);
    }
    return gateway;
  }

  private static Cidr range(String text, Cidr subnet) {
    Cidr range =
        Cidr.parse(text).orElseThrow(() -> new InvalidArgument("invalid ip-range: " + text));
    if (!subnet.contains(range)) {
      throw new InvalidArgument("ip-range " + text + " is not inside subnet " + subnet);
    }
    return range.subnet();
  }

  /** The same network with another subnet, where something on the host now uses its own. */
  Network withFreeSubnet(Network network, Collection<Cidr> taken) {
    Cidr present = network.ipam().orElseThrow().subnet();
    if (onHost().stream().noneMatch(present::overlaps)) {
      return network;
    }
    Cidr subnet = choose(taken);
    return new Network(
        network.id(),
        network.name(),
        network.driver(),
        network.created(),
        Optional.of(IpamConfig.of(subnet, subnet.first().plus(1))),
        network.ipam6(),
        network.bridge(),
        network.internal(),
        network.attachable(),
        network.options(),
        network.labels());
  }

  /** A subnet that neither a network nor an address or route of the host touches. */
  private Cidr choose(Collection<Cidr> taken) {
    List<Cidr> all = onHost();
    all.addAll(taken);
    return chooser.choose(all);
  }

  /** What the host's IPv6 addresses cover; those of one link alone mean nothing. */
  private List<Cidr6> onHost6() {
    return host.addresses().list().stream()
        .filter(a -> a.address() instanceof Inet6Address)
        .map(a -> new Cidr6(Ipv6.of((Inet6Address) a.address()), a.prefix()).subnet())
        .filter(c -> !c.address().isLinkLocal())
        .toList();
  }

  /** What the host's addresses and routes cover, the default route apart. */
  List<Cidr> onHost() {
    List<Cidr> subnets = new ArrayList<>();
    host.addresses().list().forEach(a -> cidr(a).map(Cidr::subnet).ifPresent(subnets::add));
    host.routes().list().stream()
        .filter(r -> r.prefix() > 0)
        .forEach(
            r ->
                r.destination()
                    .filter(Inet4Address.class::isInstance)
                    .map(d -> new Cidr(Ipv4.of((Inet4Address) d), r.prefix()))
                    .ifPresent(subnets::add));
    return subnets;
  }
}
