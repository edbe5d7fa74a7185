package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Lists links with their kind's own settings, in the socket's network namespace. */
public final class LinkDetailCalls {
  private static final int IFLA_LINK_NETNSID = 37;
  private static final int IFLA_MACVLAN_MODE = 1;
  private static final int IFLA_IPVLAN_MODE = 1;
  private static final int IFLA_VLAN_ID = 1;
  private static final int IFLA_VXLAN_ID = 1;
  private static final int IFLA_VXLAN_LOCAL = 4;
  private static final int IFLA_VXLAN_PORT = 15;
  private static final int IFLA_INFO_SLAVE_DATA = 5;
  private static final int IFLA_BRPORT_MODE = 4;
  private static final int IFINFOMSG = 16;

  private final NetlinkSocket socket;

  LinkDetailCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Every link of the namespace, by index. */
  public List<LinkDetail> list() {
    MessageWriter message =
        new MessageWriter(LinkCalls.RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP)
            .u8(0)
            .u8(0)
            .u16(0)
            .u32(0)
            .u32(0)
            .u32(0);
    return socket.request(message, () -> "ip -details link show").stream()
        .filter(a -> a.type() == LinkCalls.RTM_NEWLINK)
        .map(LinkDetailCalls::parse)
        .toList();
  }

  private static LinkDetail parse(Answer answer) {
    LinkInfo info = LinkCalls.parse(answer);
    ByteBuffer payload = answer.payload();
    Attributes attributes = Attributes.parse(payload.slice(IFINFOMSG, payload.limit() - IFINFOMSG));
    Attributes data = attributes.nested(LinkCalls.IFLA_LINKINFO).nested(LinkCalls.IFLA_INFO_DATA);
    return new LinkDetail(
        info,
        attributes.integer(IFLA_LINK_NETNSID).orElse(LinkDetail.SAME_NAMESPACE),
        isHairpin(attributes.nested(LinkCalls.IFLA_LINKINFO).nested(IFLA_INFO_SLAVE_DATA)),
        mode(info.kind(), data),
        info.kind().equals("vxlan") ? Optional.of(vxlan(data)) : Optional.empty());
  }

  private static boolean isHairpin(Attributes port) {
    return port.bytes(IFLA_BRPORT_MODE).filter(b -> b.length == 1 && b[0] == 1).isPresent();
  }

  private static String mode(String kind, Attributes data) {
    return switch (kind) {
      case "macvlan" ->
          switch (data.integer(IFLA_MACVLAN_MODE).orElse(0)) {
            case 1 -> "private";
            case 2 -> "vepa";
            case 4 -> "bridge";
            case 8 -> "passthru";
            case 16 -> "source";
            default -> "";
          };
      case "ipvlan" ->
          switch (number(data, IFLA_IPVLAN_MODE, ByteOrder.nativeOrder())) {
            case 0 -> "l2";
            case 1 -> "l3";
            case 2 -> "l3s";
            default -> "";
          };
      case "vlan" -> "id " + number(data, IFLA_VLAN_ID, ByteOrder.nativeOrder());
      default -> "";
    };
  }

  private static LinkDetail.Vxlan vxlan(Attributes data) {
    return new LinkDetail.Vxlan(
        data.integer(IFLA_VXLAN_ID).orElse(0),
        data.bytes(IFLA_VXLAN_LOCAL).map(AddressCalls::address),
        number(data, IFLA_VXLAN_PORT, ByteOrder.BIG_ENDIAN));
  }

  /** A number of 16 bits; -1 where there is none. */
  private static int number(Attributes data, int type, ByteOrder order) {
    return data.bytes(type)
        .filter(b -> b.length >= 2)
        .map(b -> ByteBuffer.wrap(b).order(order).getShort() & 0xffff)
        .orElse(-1);
  }
}
