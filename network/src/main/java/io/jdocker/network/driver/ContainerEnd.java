package io.jdocker.network.driver;

import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Cidr;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Endpoint;
import io.jdocker.network.EndpointIpv6;
import io.jdocker.network.Ipv4;
import io.jdocker.network.namespace.OpenNamespace;

/** The container's end of a link: up, with its address, and the way out where it is here. */
final class ContainerEnd {
  private static final Ipv4 ANYWHERE = new Ipv4(0);

  private ContainerEnd() {}

  /** Brings it up; everything else goes by the gateway. */
  static void raise(Endpoint endpoint, OpenNamespace namespace, String name, Trace trace) {
    int link = address(endpoint, namespace, name, trace);
    if (endpoint.defaultRoute()) {
      endpoint
          .gateway()
          .ifPresent(
              gateway -> {
                namespace.netlink().routes().addDefault(gateway.toInetAddress(), link);
                route(name, "via " + gateway, trace);
              });
    }
    endpoint
        .ipv6()
        .filter(EndpointIpv6::defaultRoute)
        .flatMap(EndpointIpv6::gateway)
        .ifPresent(
            gateway -> {
              namespace.netlink().routes().addDefault(gateway.toInetAddress(), link);
              route(name, "via " + gateway, trace);
            });
  }

  /** Brings it up; everything else goes out of the link as it is, as on a point-to-point line. */
  static void raiseWithoutGateway(
      Endpoint endpoint, OpenNamespace namespace, String name, Trace trace) {
    int link = address(endpoint, namespace, name, trace);
    if (endpoint.defaultRoute()) {
      namespace.netlink().routes().addConnected(ANYWHERE.toInetAddress(), 0, link);
      route(name, "dev " + endpoint.link(), trace);
    }
  }

  private static int address(Endpoint endpoint, OpenNamespace namespace, String name, Trace trace) {
    long start = System.nanoTime();
    Rtnetlink inside = namespace.netlink();
    LinkInfo link = inside.links().find(endpoint.link()).orElseThrow();
    Cidr address = endpoint.address().orElseThrow();
    inside.links().setUp(link.index());
    inside.addresses().add(link.index(), address.address().toInetAddress(), address.prefix());
    trace.record(
        Stage.NETWORK,
        "give the container's end its address",
        () -> "RTM_NEWADDR " + address + " dev " + endpoint.link(),
        "0",
        start,
        () -> "ip -n " + name + " addr add " + address + " brd + dev " + endpoint.link());
    endpoint.ipv6().ifPresent(six -> address6(endpoint, six.address(), namespace, name, trace));
    return link.index();
  }

  /** Nobody else can have it, so that it is not asked for on the link first. */
  private static void address6(
      Endpoint endpoint, Cidr6 address, OpenNamespace namespace, String name, Trace trace) {
    long start = System.nanoTime();
    Rtnetlink inside = namespace.netlink();
    LinkInfo link = inside.links().find(endpoint.link()).orElseThrow();
    inside.addresses().add(link.index(), address.address().toInetAddress(), address.prefix());
    trace.record(
        Stage.NETWORK,
        "give the container's end its IPv6 address",
        () -> "RTM_NEWADDR " + address + " dev " + endpoint.link() + " IFA_F_NODAD",
        "0",
        start,
        () -> "ip -n " + name + " addr add " + address + " dev " + endpoint.link() + " nodad");
  }

  private static void route(String name, String way, Trace trace) {
    trace.record(
        Stage.NETWORK,
        "send everything else to the gateway",
        () -> "RTM_NEWROUTE default " + way,
        "0",
        0,
        () -> "ip -n " + name + (way.indexOf(':') < 0 ? "" : " -6") + " route add default " + way);
  }
}
