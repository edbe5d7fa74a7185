package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Asks the kernel which way it would send a packet ({@code ip route get}): it looks at all tables,
 * policy rules and settings itself, so nothing about routes has to be known here. IPv4.
 */
public final class RouteLookup {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_GETROUTE = 26;
  private static final int RTA_DST = 1;
  private static final int RTA_SRC = 2;
  private static final int RTA_IIF = 3;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_PREFSRC = 7;
  private static final int RTA_MARK = 16;
  private static final int RTMSG = 12;
  private static final int RTN_UNICAST = 1;
  private static final int RTN_LOCAL = 2;

  /** What becomes of a packet. */
  public sealed interface Decision {
    /**
     * It is sent.
     *
     * @param gateway the next hop; empty where the destination is on the link
     * @param source the address it has if the sender chose none
     */
    record Send(int link, Optional<InetAddress> gateway, Optional<InetAddress> source)
        implements Decision {}

    /** It is for this namespace itself. */
    record Deliver(Optional<InetAddress> source) implements Decision {}

    /** The kernel refuses it. */
    record Refuse(Errno errno) implements Decision {}
  }

  private final NetlinkSocket socket;

  RouteLookup(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The way of a packet that a program of the namespace sends. */
  public Decision output(Optional<InetAddress> source, InetAddress destination, int mark) {
    return ask(source, destination, 0, mark);
  }

  /**
   * The way of a packet that has come in by a link: forwarding switched off, a wrong way in
   * (rp_filter) and addresses that must not come from outside are refused as for a real one.
   */
  public Decision input(InetAddress source, InetAddress destination, int link, int mark) {
    return ask(Optional.of(source), destination, link, mark);
  }

  private Decision ask(
      Optional<InetAddress> source, InetAddress destination, int inLink, int mark) {
    MessageWriter message =
        new MessageWriter(RTM_GETROUTE, NLM_F_REQUEST | NLM_F_ACK)
            .u8(SocketCalls.AF_INET)
            .u8(32)
            .u8(source.isPresent() ? 32 : 0)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0)
            .u32(0)
            .attribute(RTA_DST, destination.getAddress());
    source.ifPresent(s -> message.attribute(RTA_SRC, s.getAddress()));
    if (inLink > 0) {
      message.attribute(RTA_IIF, inLink);
    }
    if (mark != 0) {
      message.attribute(RTA_MARK, mark);
    }
    try {
      return socket.request(message, () -> "ip route get " + destination.getHostAddress()).stream()
          .filter(a -> a.type() == RTM_NEWROUTE)
          .map(RouteLookup::parse)
          .findFirst()
          .orElse(new Decision.Refuse(Errno.EHOSTUNREACH));
    } catch (SyscallException e) {
      return new Decision.Refuse(Errno.valueOf(e.errno()));
    }
  }

  private static Decision parse(Answer answer) {
    ByteBuffer payload = answer.payload();
    if (payload.remaining() < RTMSG) {
      throw new MalformedMessageException("route message is cut short");
    }
    Attributes attributes = Attributes.parse(payload.slice(RTMSG, payload.limit() - RTMSG));
    Optional<InetAddress> source = attributes.bytes(RTA_PREFSRC).map(AddressCalls::address);
    return switch (payload.get(7)) {
      case RTN_LOCAL -> new Decision.Deliver(source);
      case RTN_UNICAST ->
          new Decision.Send(
              attributes.integer(RTA_OIF).orElse(0),
              attributes.bytes(RTA_GATEWAY).map(AddressCalls::address),
              source);
      default -> new Decision.Refuse(Errno.EHOSTUNREACH);
    };
  }
}
