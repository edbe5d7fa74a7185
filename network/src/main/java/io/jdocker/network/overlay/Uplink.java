package io.jdocker.network.overlay;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.net.Inet4Address;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The link by which this host reaches the others.
 *
 * @param address what others reach it by, with the LAN's prefix length
 */
record Uplink(LinkInfo link, Cidr address) {
  /** What VXLAN adds to each packet: IPv4, UDP, VXLAN and Ethernet headers. */
  private static final int VXLAN_OVERHEAD = 50;

  /**
   * Finds it.
   *
   * @param advertise an address of this host or one of its links, either with {@code :PORT} behind,
   *     which means nothing here; empty text for the link of the default route
   */
  static Uplink find(Rtnetlink host, String advertise) {
    int colon = advertise.lastIndexOf(':');
    String wanted = colon > 0 ? advertise.substring(0, colon) : advertise;
    if (wanted.isEmpty()) {
      return byDefaultRoute(host);
    }
    Optional<Ipv4> address = Ipv4.parse(wanted);
    Optional<Uplink> found =
        address.isPresent()
            ? byAddress(host, address.get())
            : host.links().find(wanted).flatMap(link -> firstAddress(host, link));
    return found.orElseThrow(
        () ->
            new InvalidArgument(
                "cannot advertise \""
                    + advertise
                    + "\": no link of this host has that "
                    + (address.isPresent() ? "address" : "name and an IPv4 address")));
  }

  private static Uplink byDefaultRoute(Rtnetlink host) {
    return host.routes().list().stream()
        .filter(r -> r.prefix() == 0 && r.link() > 0)
        .min(Comparator.comparingInt(Route::link))
        .flatMap(r -> byIndex(host, r.link()))
        .flatMap(link -> firstAddress(host, link))
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "this host has no default route to tell by which address others reach it:"
                        + " give --cluster-advertise"));
  }

  private static Optional<LinkInfo> byIndex(Rtnetlink host, int index) {
    return host.links().list().stream().filter(l -> l.index() == index).findFirst();
  }

  private static Optional<Uplink> byAddress(Rtnetlink host, Ipv4 address) {
    return host.addresses().list().stream()
        .filter(a -> a.address().equals(address.toInetAddress()))
        .findFirst()
        .flatMap(
            a -> byIndex(host, a.link()).map(l -> new Uplink(l, new Cidr(address, a.prefix()))));
  }

  private static Optional<Uplink> firstAddress(Rtnetlink host, LinkInfo link) {
    List<LinkAddress> addresses = host.addresses().list();
    return addresses.stream()
        .filter(a -> a.link() == link.index() && a.address() instanceof Inet4Address)
        .findFirst()
        .map(a -> new Uplink(link, new Cidr(Ipv4.of((Inet4Address) a.address()), a.prefix())));
  }

  /** What others reach this host by. */
  Ipv4 host() {
    return address.address();
  }

  /** Whether a host is on this link's own LAN, so that no router is between. */
  boolean reachesDirectly(Ipv4 other) {
    return address.contains(other);
  }

  /** The largest packet of a container that fits. */
  int mtu(boolean tunnelled) {
    return tunnelled ? link.mtu() - VXLAN_OVERHEAD : link.mtu();
  }
}
