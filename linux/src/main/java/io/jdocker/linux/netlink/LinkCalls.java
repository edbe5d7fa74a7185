package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_CREATE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_EXCL;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** Calls on links, in the socket's network namespace. See rtnetlink(7). */
public final class LinkCalls {
  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int RTM_SETLINK = 19;

  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINK = 5;
  static final int IFLA_MASTER = 10;
  static final int IFLA_PROTINFO = 12;
  static final int IFLA_OPERSTATE = 16;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_NET_NS_FD = 28;
  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;

  private static final int IFLA_EXT_MASK = 29;
  private static final int RTEXT_FILTER_SKIP_STATS = 1 << 3;
  private static final int VETH_INFO_PEER = 1;
  private static final int IFLA_BRPORT_MODE = 4;
  private static final int AF_BRIDGE = 7;
  private static final int IFF_UP = 1;
  private static final int IFINFOMSG = 16;

  private final NetlinkSocket socket;

  LinkCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Every link of the namespace. */
  public List<LinkInfo> list() {
    MessageWriter message =
        header(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, 0, 0, 0)
            .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    return socket.request(message, () -> "ip link show").stream()
        .filter(a -> a.type() == RTM_NEWLINK)
        .map(LinkCalls::parse)
        .toList();
  }

  /** The link of that name, asked for by name: the cost does not grow with their number. */
  public Optional<LinkInfo> find(String name) {
    MessageWriter message =
        header(RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK, 0, 0, 0)
            .attribute(IFLA_IFNAME, checked(name))
            .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    try {
      return socket.request(message, () -> "ip link show dev " + name).stream()
          .filter(a -> a.type() == RTM_NEWLINK)
          .map(LinkCalls::parse)
          .findFirst();
    } catch (SyscallException e) {
      if (e.is(Errno.ENODEV)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Makes a bridge with a fixed address: without one it takes the lowest of its ports' and changes
   * whenever a container comes or goes.
   */
  public void createBridge(String name, String mac, int mtu) {
    MessageWriter message =
        create().attribute(IFLA_IFNAME, checked(name)).attribute(IFLA_ADDRESS, macBytes(mac));
    if (mtu > 0) {
      message.attribute(IFLA_MTU, mtu);
    }
    message.begin(IFLA_LINKINFO).attribute(IFLA_INFO_KIND, "bridge").end();
    socket.request(message, () -> "ip link add " + name + " type bridge");
  }

  /**
   * Makes a veth pair; see {@link VethSpec}. This end comes up; the peer cannot before the pair is
   * complete (ENOTCONN).
   */
  public void createVeth(VethSpec spec) {
    MessageWriter message = create().attribute(IFLA_IFNAME, checked(spec.name()));
    if (spec.master() > 0) {
      message.attribute(IFLA_MASTER, spec.master());
    }
    if (spec.mtu() > 0) {
      message.attribute(IFLA_MTU, spec.mtu());
    }
    message.begin(IFLA_LINKINFO).attribute(IFLA_INFO_KIND, "veth");
    message.begin(IFLA_INFO_DATA).begin(VETH_INFO_PEER);
    ifinfo(message, 0, 0, 0).attribute(IFLA_IFNAME, checked(spec.peerName()));
    if (!spec.peerMac().isEmpty()) {
      message.attribute(IFLA_ADDRESS, macBytes(spec.peerMac()));
    }
    if (spec.mtu() > 0) {
      message.attribute(IFLA_MTU, spec.mtu());
    }
    message.attribute(IFLA_NET_NS_FD, spec.peerNamespace().number());
    message.end().end().end();
    socket.request(
        message, () -> "ip link add " + spec.name() + " type veth peer name " + spec.peerName());
  }

  public void setUp(int index) {
    MessageWriter message = header(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, 0, index, IFF_UP);
    socket.request(message, () -> "ip link set " + index + " up");
  }

  public void setDown(int index) {
    MessageWriter message = header(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, 0, index, 0);
    socket.request(message, () -> "ip link set " + index + " down");
  }

  public void setMtu(int index, int mtu) {
    change(index, m -> m.attribute(IFLA_MTU, mtu), "ip link set " + index + " mtu " + mtu);
  }

  public void setAddress(int index, String mac) {
    byte[] bytes = macBytes(mac);
    change(
        index, m -> m.attribute(IFLA_ADDRESS, bytes), "ip link set " + index + " address " + mac);
  }

  /** Enslaves a link to a bridge; master 0 releases it. */
  public void setMaster(int index, int master) {
    change(
        index, m -> m.attribute(IFLA_MASTER, master), "ip link set " + index + " master " + master);
  }

  /** Renames a link, which must be down on kernels before 6.2. */
  public void rename(int index, String name) {
    change(
        index,
        m -> m.attribute(IFLA_IFNAME, checked(name)),
        "ip link set " + index + " name " + name);
  }

  /** Moves a link into another network namespace. */
  public void setNamespace(int index, io.jdocker.linux.Fd namespace) {
    change(
        index,
        m -> m.attribute(IFLA_NET_NS_FD, namespace.number()),
        "ip link set " + index + " netns " + namespace);
  }

  /**
   * Lets a bridge send a frame back out of the port it came from: a container that calls its own
   * published port needs that.
   */
  public void setHairpin(int index, boolean on) {
    MessageWriter message = new MessageWriter(RTM_SETLINK, NLM_F_REQUEST | NLM_F_ACK);
    ifinfo(message, AF_BRIDGE, index, 0, 0)
        .begin(IFLA_PROTINFO)
        .attributeByte(IFLA_BRPORT_MODE, on ? 1 : 0)
        .end();
    socket.request(message, () -> "bridge link set dev " + index + " hairpin on");
  }

  /**
   * Deletes a link by name; false when there is none. The kernel answers only after an RCU grace
   * period (about 16 ms), though the link is gone after the first: see {@link LinkReaper}.
   */
  public boolean delete(String name) {
    MessageWriter message =
        header(RTM_DELLINK, NLM_F_REQUEST | NLM_F_ACK, 0, 0, 0)
            .attribute(IFLA_IFNAME, checked(name));
    try {
      socket.request(message, () -> "ip link del " + name);
      return true;
    } catch (SyscallException e) {
      if (e.is(Errno.ENODEV)) {
        return false;
      }
      throw e;
    }
  }

  private void change(
      int index, java.util.function.Consumer<MessageWriter> attributes, String description) {
    MessageWriter message = new MessageWriter(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK);
    ifinfo(message, 0, index, 0, 0);
    attributes.accept(message);
    socket.request(message, () -> description);
  }

  static MessageWriter create() {
    return header(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, 0, 0, IFF_UP);
  }

  private static MessageWriter header(int type, int flags, int family, int index, int up) {
    MessageWriter message = new MessageWriter(type, flags);
    int mask = type == RTM_NEWLINK ? IFF_UP : 0;
    return ifinfo(message, family, index, up, mask);
  }

  private static MessageWriter ifinfo(MessageWriter message, int family, int index, int flags) {
    return ifinfo(message, family, index, flags, flags);
  }

  /** struct ifinfomsg: family, type, index, flags, and which of the flags count. */
  private static MessageWriter ifinfo(
      MessageWriter message, int family, int index, int flags, int mask) {
    return message.u8(family).u8(0).u16(0).u32(index).u32(flags).u32(mask);
  }

  static LinkInfo parse(Answer answer) {
    ByteBuffer payload = answer.payload();
    if (payload.remaining() < IFINFOMSG) {
      throw new MalformedMessageException("link message is cut short");
    }
    Attributes attributes = Attributes.parse(payload.slice(IFINFOMSG, payload.limit() - IFINFOMSG));
    String mac =
        attributes
            .bytes(IFLA_ADDRESS)
            .filter(b -> b.length == 6)
            .map(HexFormat.ofDelimiter(":")::formatHex)
            .orElse("");
    return new LinkInfo(
        payload.getInt(4),
        attributes.text(IFLA_IFNAME),
        payload.getInt(8),
        attributes.integer(IFLA_MTU).orElse(0),
        mac,
        attributes.integer(IFLA_MASTER).orElse(0),
        attributes.nested(IFLA_LINKINFO).text(IFLA_INFO_KIND),
        attributes.bytes(IFLA_OPERSTATE).filter(b -> b.length == 1).map(b -> (int) b[0]).orElse(0),
        attributes.integer(IFLA_LINK).orElse(0));
  }

  /** IFNAMSIZ is 16 with the NUL; the kernel would cut a longer name or refuse it. */
  static String checked(String name) {
    if (name.isEmpty() || name.length() > 15) {
      throw new IllegalArgumentException("link name \"" + name + "\" must have 1 to 15 characters");
    }
    return name;
  }

  static byte[] macBytes(String mac) {
    return HexFormat.ofDelimiter(":").parseHex(mac);
  }
}
