package io.jdocker.network.driver;

import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a link of the host was before a container got it: moving a link to another namespace takes
 * its addresses and routes from it.
 *
 * @param routes by a gateway; those to connected networks come with the addresses
 */
record DeviceState(String name, boolean up, int mtu, List<Cidr> addresses, List<Way> routes) {
  /**
   * A route.
   *
   * @param destination 0.0.0.0/0 for the default route
   */
  record Way(Cidr destination, Ipv4 gateway) {}

  DeviceState {
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
  }

  static DeviceState of(Rtnetlink host, LinkInfo link) {
    List<Cidr> addresses =
        host.addresses().list().stream()
            .filter(a -> a.link() == link.index())
            .flatMap(a -> cidr(a.address(), a.prefix()).stream())
            .toList();
    List<Way> routes =
        host.routes().list().stream()
            .filter(r -> r.link() == link.index())
            .flatMap(r -> way(r).stream())
            .toList();
    return new DeviceState(link.name(), link.isUp(), link.mtu(), addresses, routes);
  }

  private static Optional<Cidr> cidr(InetAddress address, int prefix) {
    return address instanceof Inet4Address four
        ? Optional.of(new Cidr(Ipv4.of(four), prefix))
        : Optional.empty();
  }

  private static Optional<Way> way(Route route) {
    Optional<Ipv4> gateway =
        route.gateway().filter(Inet4Address.class::isInstance).map(g -> Ipv4.of((Inet4Address) g));
    Optional<Cidr> destination =
        route
            .destination()
            .map(d -> cidr(d, route.prefix()))
            .orElse(Optional.of(new Cidr(new Ipv4(0), 0)));
    return gateway.flatMap(g -> destination.map(d -> new Way(d, g)));
  }

  /** Gives the link its addresses and routes where it is now; it is up. */
  void applyTo(Rtnetlink netlink, int link) {
    List<LinkAddress> present = netlink.addresses().list();
    for (Cidr address : addresses) {
      InetAddress wanted = address.address().toInetAddress();
      if (present.stream().noneMatch(a -> a.link() == link && a.address().equals(wanted))) {
        netlink.addresses().add(link, wanted, address.prefix());
      }
    }
    List<Way> ways =
        netlink.routes().list().stream()
            .filter(r -> r.link() == link)
            .flatMap(r -> way(r).stream())
            .toList();
    for (Way route : routes) {
      if (!ways.contains(route)) {
        netlink
            .routes()
            .add(
                route.destination().first().toInetAddress(),
                route.destination().prefix(),
                route.gateway().toInetAddress(),
                link);
      }
    }
  }

  /** Makes the link on the host what it was. */
  void restoreTo(Rtnetlink host, int link) {
    host.links().setMtu(link, mtu);
    if (up) {
      host.links().setUp(link);
    }
    applyTo(host, link);
  }
}
