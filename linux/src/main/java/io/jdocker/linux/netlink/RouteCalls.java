package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_CREATE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_EXCL;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REPLACE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** Calls on routes of the main table, in the socket's network namespace. */
public final class RouteCalls {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int RTM_GETROUTE = 26;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTMSG = 12;
  private static final int RT_TABLE_MAIN = 254;
  private static final int RTPROT_BOOT = 3;
  private static final int RT_SCOPE_UNIVERSE = 0;
  private static final int RT_SCOPE_LINK = 253;
  private static final int RTN_UNICAST = 1;
  private static final int RTNH_F_ONLINK = 4;

  /**
   * A route.
   *
   * @param destination empty for the default route
   * @param gateway empty for a connected route
   * @param link index of the outgoing link; 0 where the kernel names none (multipath)
   */
  public record Route(
      Optional<InetAddress> destination, int prefix, Optional<InetAddress> gateway, int link) {}

  private final NetlinkSocket socket;

  RouteCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The IPv4 routes of the main table. */
  public List<Route> list() {
    return list(SocketCalls.AF_INET);
  }

  /** The IPv6 routes of the main table. */
  public List<Route> list6() {
    return list(SocketCalls.AF_INET6);
  }

  private List<Route> list(int family) {
    MessageWriter message = header(family, RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP, 0, 0, 0);
    return socket
        .request(
            message, () -> family == SocketCalls.AF_INET ? "ip -4 route show" : "ip -6 route show")
        .stream()
        .filter(a -> a.type() == RTM_NEWROUTE && table(a) == RT_TABLE_MAIN)
        .map(RouteCalls::parse)
        .toList();
  }

  /** Adds the default route by a gateway. */
  public void addDefault(InetAddress gateway, int link) {
    MessageWriter message =
        header(
                family(gateway),
                RTM_NEWROUTE,
                NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL,
                0,
                RT_SCOPE_UNIVERSE,
                RTPROT_BOOT)
            .attribute(RTA_GATEWAY, gateway.getAddress())
            .attribute(RTA_OIF, link);
    socket.request(
        message, () -> "ip route add default via " + gateway.getHostAddress() + " dev " + link);
  }

  /** Adds a route to a network by a gateway; prefix 0 for the default route. */
  public void add(InetAddress destination, int prefix, InetAddress gateway, int link) {
    MessageWriter message =
        header(
                family(destination),
                RTM_NEWROUTE,
                NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL,
                prefix,
                RT_SCOPE_UNIVERSE,
                RTPROT_BOOT)
            .attribute(RTA_DST, destination.getAddress())
            .attribute(RTA_GATEWAY, gateway.getAddress())
            .attribute(RTA_OIF, link);
    socket.request(
        message,
        () ->
            "ip route add "
                + destination.getHostAddress()
                + ("/" + prefix + " via " + gateway.getHostAddress() + " dev " + link));
  }

  /**
   * Adds a route to a network by a gateway, or replaces the one there is.
   *
   * @param onlink true where no address says that the gateway is on the link
   */
  public void replace(
      InetAddress destination, int prefix, InetAddress gateway, int link, boolean onlink) {
    MessageWriter message =
        header(
                family(destination),
                RTM_NEWROUTE,
                NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE,
                prefix,
                RT_SCOPE_UNIVERSE,
                RTPROT_BOOT,
                onlink ? RTNH_F_ONLINK : 0)
            .attribute(RTA_DST, destination.getAddress())
            .attribute(RTA_GATEWAY, gateway.getAddress())
            .attribute(RTA_OIF, link);
    socket.request(
        message,
        () ->
            "ip route replace "
                + destination.getHostAddress()
                + ("/" + prefix + " via " + gateway.getHostAddress() + " dev " + link)
                + (onlink ? " onlink" : ""));
  }

  /** Deletes the route to a network by that gateway; false where there is none. */
  public boolean delete(InetAddress destination, int prefix, InetAddress gateway, int link) {
    MessageWriter message =
        header(
                family(destination),
                RTM_DELROUTE,
                NLM_F_REQUEST | NLM_F_ACK,
                prefix,
                RT_SCOPE_UNIVERSE,
                RTPROT_BOOT)
            .attribute(RTA_DST, destination.getAddress())
            .attribute(RTA_GATEWAY, gateway.getAddress())
            .attribute(RTA_OIF, link);
    try {
      socket.request(
          message,
          () ->
              "ip route del "
                  + destination.getHostAddress()
                  + ("/" + prefix + " via " + gateway.getHostAddress() + " dev " + link));
      return true;
    } catch (SyscallException e) {
      if (e.is(Errno.ESRCH)) {
        return false;
      }
      throw e;
    }
  }

  /** Adds a route to a network that is reached on a link directly. */
  public void addConnected(InetAddress destination, int prefix, int link) {
    MessageWriter message =
        header(
                family(destination),
                RTM_NEWROUTE,
                NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL,
                prefix,
                RT_SCOPE_LINK,
                RTPROT_BOOT)
            .attribute(RTA_DST, destination.getAddress())
            .attribute(RTA_OIF, link);
    socket.request(
        message,
        () -> "ip route add " + destination.getHostAddress() + "/" + prefix + " dev " + link);
  }

  public void deleteDefault(InetAddress gateway, int link) {
    MessageWriter message =
        header(
                family(gateway),
                RTM_DELROUTE,
                NLM_F_REQUEST | NLM_F_ACK,
                0,
                RT_SCOPE_UNIVERSE,
                RTPROT_BOOT)
            .attribute(RTA_GATEWAY, gateway.getAddress())
            .attribute(RTA_OIF, link);
    socket.request(
        message, () -> "ip route del default via " + gateway.getHostAddress() + " dev " + link);
  }

  private static MessageWriter header(
      int family, int type, int flags, int prefix, int scope, int protocol) {
    return header(family, type, flags, prefix, scope, protocol, 0);
  }

  private static int family(InetAddress address) {
    return address.getAddress().length == 4 ? SocketCalls.AF_INET : SocketCalls.AF_INET6;
  }

  /** struct rtmsg. */
  private static MessageWriter header(
      int family, int type, int flags, int prefix, int scope, int protocol, int routeFlags) {
    return new MessageWriter(type, flags)
        .u8(family)
        .u8(prefix)
        .u8(0)
        .u8(0)
        .u8(type == RTM_GETROUTE ? 0 : RT_TABLE_MAIN)
        .u8(protocol)
        .u8(scope)
        .u8(type == RTM_GETROUTE ? 0 : RTN_UNICAST)
        .u32(routeFlags);
  }

  private static int table(Answer answer) {
    ByteBuffer payload = answer.payload();
    if (payload.remaining() < RTMSG) {
      throw new MalformedMessageException("route message is cut short");
    }
    return payload.get(4) & 0xff;
  }

  private static Route parse(Answer answer) {
    ByteBuffer payload = answer.payload();
    Attributes attributes = Attributes.parse(payload.slice(RTMSG, payload.limit() - RTMSG));
    return new Route(
        attributes.bytes(RTA_DST).map(AddressCalls::address),
        payload.get(1) & 0xff,
        attributes.bytes(RTA_GATEWAY).map(AddressCalls::address),
        attributes.integer(RTA_OIF).orElse(0));
  }
}
