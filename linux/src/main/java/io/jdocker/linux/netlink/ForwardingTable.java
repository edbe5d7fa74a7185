package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_CREATE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REPLACE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** The forwarding databases of bridges and vxlan links, as bridge(8) shows and changes them. */
public final class ForwardingTable {
  private static final int AF_BRIDGE = 7;
  private static final int RTM_NEWNEIGH = 28;
  private static final int RTM_DELNEIGH = 29;
  private static final int RTM_GETNEIGH = 30;
  private static final int NUD_PERMANENT = 0x80;
  private static final int NTF_SELF = 2;
  private static final int NDA_DST = 1;
  private static final int NDA_LLADDR = 2;
  private static final int NDMSG = 12;

  /**
   * Where frames to a MAC address go.
   *
   * @param link index of the bridge's port, or of the vxlan link itself
   * @param remote the host that a vxlan link sends them to
   */
  public record Entry(int link, String mac, Optional<InetAddress> remote) {}

  private final NetlinkSocket socket;

  ForwardingTable(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Every entry of the namespace. */
  public List<Entry> list() {
    MessageWriter message =
        new MessageWriter(RTM_GETNEIGH, NLM_F_REQUEST | NLM_F_DUMP)
            .u8(AF_BRIDGE)
            .u8(0)
            .u16(0)
            .u32(0)
            .u16(0)
            .u8(0)
            .u8(0);
    return socket.request(message, () -> "bridge fdb show").stream()
        .filter(a -> a.type() == RTM_NEWNEIGH)
        .map(ForwardingTable::parse)
        .toList();
  }

  /** Sends a vxlan link's frames for a MAC address to that host, and to no other any more. */
  public void replace(int link, String mac, InetAddress host) {
    MessageWriter message =
        change(
            RTM_NEWNEIGH,
            NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE,
            link,
            mac,
            host);
    String target = host.getHostAddress();
    socket.request(
        message, () -> "bridge fdb replace " + mac + " dev " + link + " dst " + target + " self");
  }

  /** Deletes a vxlan link's entry; false where there is none. */
  public boolean delete(int link, String mac, InetAddress host) {
    MessageWriter message = change(RTM_DELNEIGH, NLM_F_REQUEST | NLM_F_ACK, link, mac, host);
    String target = host.getHostAddress();
    try {
      socket.request(
          message, () -> "bridge fdb del " + mac + " dev " + link + " dst " + target + " self");
      return true;
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  /** struct ndmsg, for the link's own table and not that of a bridge it is a port of. */
  private static MessageWriter change(int type, int flags, int link, String mac, InetAddress host) {
    return new MessageWriter(type, flags)
        .u8(AF_BRIDGE)
        .u8(0)
        .u16(0)
        .u32(link)
        .u16(NUD_PERMANENT)
        .u8(NTF_SELF)
        .u8(0)
        .attribute(NDA_LLADDR, LinkCalls.macBytes(mac))
        .attribute(NDA_DST, host.getAddress());
  }

  private static Entry parse(Answer answer) {
    ByteBuffer payload = answer.payload();
    if (payload.remaining() < NDMSG) {
      throw new MalformedMessageException("forwarding entry is cut short");
    }
    Attributes attributes = Attributes.parse(payload.slice(NDMSG, payload.limit() - NDMSG));
    return new Entry(
        payload.getInt(4),
        attributes.bytes(NDA_LLADDR).map(HexFormat.ofDelimiter(":")::formatHex).orElse(""),
        attributes.bytes(NDA_DST).map(AddressCalls::address));
  }
}
