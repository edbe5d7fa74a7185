package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_CREATE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REPLACE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Calls on neighbour (ARP) entries, in the socket's network namespace. */
public final class NeighbourCalls {
  private static final int RTM_NEWNEIGH = 28;
  private static final int RTM_DELNEIGH = 29;
  private static final int RTM_GETNEIGH = 30;
  private static final int NDA_DST = 1;
  private static final int NDA_LLADDR = 2;
  private static final int NUD_PERMANENT = 0x80;
  private static final int NDMSG = 12;

  /**
   * A neighbour.
   *
   * @param mac empty text while it is not resolved
   * @param state NUD_* of rtnetlink(7)
   */
  public record Neighbour(int link, InetAddress address, String mac, int state) {}

  private final NetlinkSocket socket;

  NeighbourCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The IPv4 neighbours of the namespace. */
  public List<Neighbour> list() {
    MessageWriter message = header(RTM_GETNEIGH, NLM_F_REQUEST | NLM_F_DUMP, 0, 0);
    return socket.request(message, () -> "ip -4 neigh show").stream()
        .filter(a -> a.type() == RTM_NEWNEIGH)
        .map(NeighbourCalls::parse)
        .toList();
  }

  /** Adds a permanent entry or replaces the one there is. */
  public void replace(int link, InetAddress address, String mac) {
    MessageWriter message =
        header(
                RTM_NEWNEIGH,
                NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE,
                link,
                NUD_PERMANENT)
            .attribute(NDA_DST, address.getAddress())
            .attribute(NDA_LLADDR, HexFormat.ofDelimiter(":").parseHex(mac));
    socket.request(
        message,
        () -> "ip neigh replace " + address.getHostAddress() + " lladdr " + mac + " dev " + link);
  }

  public void delete(int link, InetAddress address) {
    MessageWriter message =
        header(RTM_DELNEIGH, NLM_F_REQUEST | NLM_F_ACK, link, 0)
            .attribute(NDA_DST, address.getAddress());
    socket.request(message, () -> "ip neigh del " + address.getHostAddress() + " dev " + link);
  }

  /** struct ndmsg. */
  private static MessageWriter header(int type, int flags, int link, int state) {
    return new MessageWriter(type, flags)
        .u8(SocketCalls.AF_INET)
        .u8(0)
        .u16(0)
        .u32(link)
        .u16(state)
        .u8(0)
        .u8(0);
  }

  private static Neighbour parse(Answer answer) {
    ByteBuffer payload = answer.payload();
    if (payload.remaining() < NDMSG) {
      throw new MalformedMessageException("neighbour message is cut short");
    }
    Attributes attributes = Attributes.parse(payload.slice(NDMSG, payload.limit() - NDMSG));
    InetAddress address =
        attributes
            .bytes(NDA_DST)
            .map(AddressCalls::address)
            .orElseThrow(() -> new MalformedMessageException("neighbour without address"));
    String mac = attributes.bytes(NDA_LLADDR).map(HexFormat.ofDelimiter(":")::formatHex).orElse("");
    return new Neighbour(payload.getInt(4), address, mac, payload.getShort(8) & 0xffff);
  }
}
