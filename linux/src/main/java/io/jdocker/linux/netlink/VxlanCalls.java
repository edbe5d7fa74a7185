package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** Calls on VXLAN devices, in the socket's network namespace. See ip-link(8). */
public final class VxlanCalls {
  private static final int IFLA_VXLAN_ID = 1;
  private static final int IFLA_VXLAN_LINK = 3;
  private static final int IFLA_VXLAN_LOCAL = 4;
  private static final int IFLA_VXLAN_LEARNING = 7;
  private static final int IFLA_VXLAN_PROXY = 11;
  private static final int IFLA_VXLAN_PORT = 15;
  private static final int IFINFOMSG = 16;

  /**
   * What makes two devices carry the same traffic.
   *
   * @param link index, name, MTU, MAC
   * @param local empty where the device has none
   */
  public record Vxlan(
      LinkInfo link, int vni, int parent, Optional<InetAddress> local, int port, boolean proxy) {
    /** True where it does what the wish says; name, MAC and MTU may be others. */
    public boolean carries(VxlanSpec wish) {
      return vni == wish.vni()
          && parent == wish.parent()
          && port == wish.port()
          && proxy == wish.proxy()
          && local.filter(wish.local()::equals).isPresent();
    }
  }

  private final NetlinkSocket socket;

  VxlanCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Makes a device and brings it up.
   *
   * @throws SyscallException EEXIST where another device has its identifier and port, EOPNOTSUPP
   *     where the kernel lacks VXLAN
   */
  public void create(VxlanSpec spec) {
    MessageWriter message =
        LinkCalls.create().attribute(LinkCalls.IFLA_IFNAME, LinkCalls.checked(spec.name()));
    if (!spec.mac().isEmpty()) {
      message.attribute(LinkCalls.IFLA_ADDRESS, LinkCalls.macBytes(spec.mac()));
    }
    if (spec.mtu() > 0) {
      message.attribute(LinkCalls.IFLA_MTU, spec.mtu());
    }
    message
        .begin(LinkCalls.IFLA_LINKINFO)
        .attribute(LinkCalls.IFLA_INFO_KIND, "vxlan")
        .begin(LinkCalls.IFLA_INFO_DATA)
        .attribute(IFLA_VXLAN_ID, spec.vni())
        .attribute(IFLA_VXLAN_LINK, spec.parent())
        .attribute(IFLA_VXLAN_LOCAL, spec.local().getAddress())
        .attributeByte(IFLA_VXLAN_LEARNING, 0)
        .attributeByte(IFLA_VXLAN_PROXY, spec.proxy() ? 1 : 0)
        .attribute(IFLA_VXLAN_PORT, bigEndian(spec.port()))
        .end()
        .end();
    socket.request(message, () -> describe(spec));
  }

  /** How it would be typed. */
  public static String describe(VxlanSpec spec) {
    return "ip link add "
        + spec.name()
        + (spec.mac().isEmpty() ? "" : " address " + spec.mac())
        + (spec.mtu() == 0 ? "" : " mtu " + spec.mtu())
        + " type vxlan id "
        + spec.vni()
        + " local "
        + spec.local().getHostAddress()
        + " dstport "
        + spec.port()
        + " nolearning"
        + (spec.proxy() ? " proxy" : "");
  }

  private static byte[] bigEndian(int port) {
    return new byte[] {(byte) (port >> 8), (byte) port};
  }

  /** The VXLAN device of that name; empty where there is none or a link of another kind. */
  public Optional<Vxlan> find(String name) {
    MessageWriter message =
        new MessageWriter(LinkCalls.RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK)
            .u8(0)
            .u8(0)
            .u16(0)
            .u32(0)
            .u32(0)
            .u32(0)
            .attribute(LinkCalls.IFLA_IFNAME, LinkCalls.checked(name));
    try {
      return socket.request(message, () -> "ip -d link show dev " + name).stream()
          .filter(a -> a.type() == LinkCalls.RTM_NEWLINK)
          .flatMap(a -> parse(a).stream())
          .findFirst();
    } catch (SyscallException e) {
      if (e.is(Errno.ENODEV)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<Vxlan> parse(Answer answer) {
    LinkInfo link = LinkCalls.parse(answer);
    if (!link.kind().equals("vxlan")) {
      return Optional.empty();
    }
    ByteBuffer payload = answer.payload();
    Attributes data =
        Attributes.parse(payload.slice(IFINFOMSG, payload.limit() - IFINFOMSG))
            .nested(LinkCalls.IFLA_LINKINFO)
            .nested(LinkCalls.IFLA_INFO_DATA);
    return Optional.of(
        new Vxlan(
            link,
            data.integer(IFLA_VXLAN_ID).orElse(0),
            data.integer(IFLA_VXLAN_LINK).orElse(0),
            data.bytes(IFLA_VXLAN_LOCAL).map(AddressCalls::address),
            data.bytes(IFLA_VXLAN_PORT)
                .filter(b -> b.length == 2)
                .map(b -> (b[0] & 0xff) << 8 | (b[1] & 0xff))
                .orElse(0),
            data.bytes(IFLA_VXLAN_PROXY).map(b -> b.length > 0 && b[0] != 0).orElse(false)));
  }
}
