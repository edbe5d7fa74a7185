package io.jdocker.linux.netlink;

/**
 * A network link as the kernel describes it (RTM_NEWLINK).
 *
 * @param index its number in its namespace
 * @param flags IFF_* of netdevice(7)
 * @param mac six bytes as text, {@code 02:42:ac:11:00:02}; empty for links without one
 * @param master index of the bridge it is a port of; 0 without
 * @param kind {@code bridge}, {@code veth}, ...; empty for hardware and loopback
 * @param operState RFC 2863 state, IF_OPER_* of linux/if.h; 6 is up
 * @param peer index of a veth's other end, in the other end's namespace; 0 without
 */
public record LinkInfo(
    int index,
    String name,
    int flags,
    int mtu,
    String mac,
    int master,
    String kind,
    int operState,
    int peer) {
  private static final int IFF_UP = 1;
  private static final int IF_OPER_UP = 6;

  /** True once the kernel lets packets through: a while after both ends of a pair are up. */
  public boolean isOperational() {
    return operState == IF_OPER_UP;
  }

  public boolean isUp() {
    return (flags & IFF_UP) != 0;
  }
}
