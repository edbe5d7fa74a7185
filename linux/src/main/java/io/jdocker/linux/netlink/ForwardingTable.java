package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads the forwarding databases of bridges and vxlan links, as bridge(8) shows them. */
public final class ForwardingTable {
  private static final int AF_BRIDGE = 7;
  private static final int RTM_NEWNEIGH = 28;
  private static final int RTM_GETNEIGH = 30;
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
