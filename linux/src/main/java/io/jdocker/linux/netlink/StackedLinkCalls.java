package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.LinkCalls.IFLA_ADDRESS;
import static io.jdocker.linux.netlink.LinkCalls.IFLA_IFNAME;
import static io.jdocker.linux.netlink.LinkCalls.IFLA_INFO_DATA;
import static io.jdocker.linux.netlink.LinkCalls.IFLA_INFO_KIND;
import static io.jdocker.linux.netlink.LinkCalls.IFLA_LINK;
import static io.jdocker.linux.netlink.LinkCalls.IFLA_LINKINFO;
import static io.jdocker.linux.netlink.LinkCalls.IFLA_MTU;
import static io.jdocker.linux.netlink.LinkCalls.IFLA_NET_NS_FD;

import io.jdocker.linux.Fd;
import java.util.Locale;

/** Makes links that stand upon another one: macvlan, ipvlan, vlan. See ip-link(8). */
public final class StackedLinkCalls {
  private static final int IFLA_MACVLAN_MODE = 1;
  private static final int IFLA_IPVLAN_MODE = 1;
  private static final int IFLA_IPVLAN_FLAGS = 2;
  private static final int IFLA_VLAN_ID = 1;

  /** IFLA_MACVLAN_MODE of linux/if_link.h. */
  public enum MacvlanMode {
    PRIVATE(1),
    VEPA(2),
    BRIDGE(4),
    PASSTHRU(8);

    private final int number;

    MacvlanMode(int number) {
      this.number = number;
    }
  }

  /** IFLA_IPVLAN_MODE: what the link switches by. */
  public enum IpvlanMode {
    L2(0),
    L3(1),
    L3S(2);

    private final int number;

    IpvlanMode(int number) {
      this.number = number;
    }
  }

  /** IFLA_IPVLAN_FLAGS: whether links on one parent talk to each other. */
  public enum IpvlanFlag {
    BRIDGE(0),
    PRIVATE(1),
    VEPA(2);

    private final int number;

    IpvlanFlag(int number) {
      this.number = number;
    }
  }

  /**
   * What all of them have.
   *
   * @param name 1 to 15 characters
   * @param parent index of the link below
   * @param mac empty text for the kernel's choice
   * @param mtu 0 for the parent's
   * @param namespace where it is to be; the parent is in the socket's
   */
  public record StackedLink(String name, int parent, String mac, int mtu, Fd namespace) {}

  private final NetlinkSocket socket;

  StackedLinkCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Makes a link with a MAC address of its own on its parent.
   *
   * @throws io.jdocker.linux.SyscallException EOPNOTSUPP where the kernel lacks it, EBUSY or EINVAL
   *     where a passthru link has the parent for itself
   */
  public void createMacvlan(StackedLink link, MacvlanMode mode) {
    MessageWriter message = begin(link, "macvlan").attribute(IFLA_MACVLAN_MODE, mode.number);
    socket.request(
        message.end().end(),
        () -> describe(link) + " type macvlan mode " + mode.name().toLowerCase(Locale.ROOT));
  }

  /** Makes a link that shares its parent's MAC address. */
  public void createIpvlan(StackedLink link, IpvlanMode mode, IpvlanFlag flag) {
    MessageWriter message =
        begin(link, "ipvlan")
            .attributeShort(IFLA_IPVLAN_MODE, mode.number)
            .attributeShort(IFLA_IPVLAN_FLAGS, flag.number);
    socket.request(
        message.end().end(),
        () -> describe(link) + " type ipvlan mode " + mode.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Makes a link for the frames of one VLAN, in the socket's namespace.
   *
   * @param id 1 to 4094
   */
  public void createVlan(String name, int parent, int id) {
    MessageWriter message =
        LinkCalls.create()
            .attribute(IFLA_IFNAME, LinkCalls.checked(name))
            .attribute(IFLA_LINK, parent);
    message.begin(IFLA_LINKINFO).attribute(IFLA_INFO_KIND, "vlan").begin(IFLA_INFO_DATA);
    message.attributeShort(IFLA_VLAN_ID, id).end().end();
    socket.request(
        message, () -> "ip link add link " + parent + " name " + name + " type vlan id " + id);
  }

  private static MessageWriter begin(StackedLink link, String kind) {
    MessageWriter message =
        LinkCalls.create()
            .attribute(IFLA_IFNAME, LinkCalls.checked(link.name()))
            .attribute(IFLA_LINK, link.parent())
            .attribute(IFLA_NET_NS_FD, link.namespace().number());
    if (!link.mac().isEmpty()) {
      message.attribute(IFLA_ADDRESS, LinkCalls.macBytes(link.mac()));
    }
    if (link.mtu() > 0) {
      message.attribute(IFLA_MTU, link.mtu());
    }
    return message.begin(IFLA_LINKINFO).attribute(IFLA_INFO_KIND, kind).begin(IFLA_INFO_DATA);
  }

  private static String describe(StackedLink link) {
    return "ip link add link " + link.parent() + " name " + link.name();
  }
}
