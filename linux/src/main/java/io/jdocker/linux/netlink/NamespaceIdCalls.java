package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.Fd;
import java.util.OptionalInt;

/**
 * The small numbers by which a network namespace tells its neighbours apart: a veth says that its
 * other end is link 4 of namespace 2. The kernel gives a number out when it first needs one, so
 * list the links before asking.
 */
public final class NamespaceIdCalls {
  private static final int RTM_NEWNSID = 88;
  private static final int RTM_GETNSID = 90;
  private static final int NETNSA_NSID = 1;
  private static final int NETNSA_FD = 3;
  private static final int RTGENMSG = 4;

  private final NetlinkSocket socket;

  NamespaceIdCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The number of another namespace; empty where no link leads there, and for this one itself. */
  public OptionalInt of(Fd namespace) {
    MessageWriter message =
        new MessageWriter(RTM_GETNSID, NLM_F_REQUEST | NLM_F_ACK)
            .u32(0)
            .attribute(NETNSA_FD, namespace.number());
    return socket.request(message, () -> "ip netns list-id").stream()
        .filter(a -> a.type() == RTM_NEWNSID && a.payload().remaining() >= RTGENMSG)
        .map(
            a ->
                Attributes.parse(a.payload().slice(RTGENMSG, a.payload().limit() - RTGENMSG))
                    .integer(NETNSA_NSID))
        .filter(id -> id.orElse(-1) >= 0)
        .findFirst()
        .orElse(OptionalInt.empty());
  }
}
