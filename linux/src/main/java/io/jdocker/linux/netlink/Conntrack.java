package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * The connections that the kernel tracks (ctnetlink), IPv4 alone, in the network namespace it was
 * opened in. Numbers in its attributes are in network order, unlike those of rtnetlink(7).
 * Thread-safe.
 */
public final class Conntrack implements AutoCloseable {
  private static final int NETLINK_NETFILTER = 12;
  private static final int NFNL_SUBSYS_CTNETLINK = 1 << 8;
  private static final int IPCTNL_MSG_CT_NEW = 0;
  private static final int IPCTNL_MSG_CT_GET = 1;
  private static final int IPCTNL_MSG_CT_DELETE = 2;
  private static final int CTA_TUPLE_ORIG = 1;
  private static final int CTA_TUPLE_IP = 1;
  private static final int CTA_TUPLE_PROTO = 2;
  private static final int CTA_IP_V4_SRC = 1;
  private static final int CTA_IP_V4_DST = 2;
  private static final int CTA_PROTO_NUM = 1;
  private static final int CTA_PROTO_SRC_PORT = 2;
  private static final int CTA_PROTO_DST_PORT = 3;
  private static final int NFGENMSG = 4;

  /**
   * A connection as its first packet had it, before any translation.
   *
   * @param protocol of netinet/in.h: 6 is TCP, 17 UDP
   */
  public record Flow(
      int protocol,
      InetAddress source,
      int sourcePort,
      InetAddress destination,
      int destinationPort) {}

  private final NetlinkSocket socket;

  private Conntrack(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Opens it in the calling thread's network namespace. */
  public static Conntrack open(Kernel kernel) {
    return new Conntrack(NetlinkSocket.open(kernel, NETLINK_NETFILTER, 0));
  }

  /** Every IPv4 connection that has ports. */
  public List<Flow> list() {
    MessageWriter message = header(IPCTNL_MSG_CT_GET, NLM_F_REQUEST | NLM_F_DUMP);
    return socket.request(message, () -> "conntrack -L").stream()
        .filter(a -> a.type() == (NFNL_SUBSYS_CTNETLINK | IPCTNL_MSG_CT_NEW))
        .flatMap(a -> parse(a).stream())
        .toList();
  }

  /** Forgets a connection, so that its next packet meets the rules anew; false if it is gone. */
  public boolean delete(Flow flow) {
    MessageWriter message = header(IPCTNL_MSG_CT_DELETE, NLM_F_REQUEST | NLM_F_ACK);
    message.begin(CTA_TUPLE_ORIG).begin(CTA_TUPLE_IP);
    message.attribute(CTA_IP_V4_SRC, flow.source().getAddress());
    message.attribute(CTA_IP_V4_DST, flow.destination().getAddress()).end();
    message.begin(CTA_TUPLE_PROTO).attributeByte(CTA_PROTO_NUM, flow.protocol());
    message.attribute(CTA_PROTO_SRC_PORT, port(flow.sourcePort()));
    message.attribute(CTA_PROTO_DST_PORT, port(flow.destinationPort())).end().end();
    try {
      socket.request(message, () -> "conntrack -D of " + flow);
      return true;
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  private static byte[] port(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }

  /** struct nfgenmsg: family, version, resource. */
  private static MessageWriter header(int type, int flags) {
    return new MessageWriter(NFNL_SUBSYS_CTNETLINK | type, flags)
        .u8(SocketCalls.AF_INET)
        .u8(0)
        .u16(0);
  }

  static Optional<Flow> parse(Answer answer) {
    ByteBuffer payload = answer.payload();
    if (payload.remaining() < NFGENMSG) {
      throw new MalformedMessageException("conntrack message is cut short");
    }
    Attributes tuple =
        Attributes.parse(payload.slice(NFGENMSG, payload.limit() - NFGENMSG))
            .nested(CTA_TUPLE_ORIG);
    Attributes ip = tuple.nested(CTA_TUPLE_IP);
    Attributes protocol = tuple.nested(CTA_TUPLE_PROTO);
    Optional<byte[]> source = ip.bytes(CTA_IP_V4_SRC);
    Optional<byte[]> destination = ip.bytes(CTA_IP_V4_DST);
    Optional<byte[]> from = protocol.bytes(CTA_PROTO_SRC_PORT).filter(b -> b.length == 2);
    Optional<byte[]> to = protocol.bytes(CTA_PROTO_DST_PORT).filter(b -> b.length == 2);
    if (source.isEmpty() || destination.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty(); // ICMP, which has no ports
    }
    int number =
        protocol.bytes(CTA_PROTO_NUM).filter(b -> b.length == 1).map(b -> b[0] & 0xff).orElse(0);
    return Optional.of(
        new Flow(
            number,
            AddressCalls.address(source.get()),
            port(from.get()),
            AddressCalls.address(destination.get()),
            port(to.get())));
  }

  private static int port(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).getShort() & 0xffff;
  }

  @Override
  public void close() {
    socket.close();
  }
}
