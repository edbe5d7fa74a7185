package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_CREATE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_DUMP;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_EXCL;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/** Calls on addresses, in the socket's network namespace. */
public final class AddressCalls {
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_GETADDR = 22;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_BROADCAST = 4;
  private static final int IFADDRMSG = 8;
  private static final int IFA_F_NODAD = 2;

  /**
   * An address on a link.
   *
   * @param link the link's index
   */
  public record LinkAddress(int link, InetAddress address, int prefix) {}

  private final NetlinkSocket socket;

  AddressCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Every address of the namespace, IPv4 and IPv6. */
  public List<LinkAddress> list() {
    MessageWriter message =
        new MessageWriter(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP).u8(0).u8(0).u8(0).u8(0).u32(0);
    return socket.request(message, () -> "ip address show").stream()
        .filter(a -> a.type() == RTM_NEWADDR)
        .map(AddressCalls::parse)
        .toList();
  }

  /**
   * Gives a link an address; the kernel adds the connected route itself. An IPv6 address can be
   * used at once: whoever gives addresses out knows that nobody else has it, so it is not asked for
   * on the link first (RFC 4862, 5.4), which takes a second and never ends on a bridge without
   * ports.
   */
  public void add(int link, InetAddress address, int prefix) {
    MessageWriter message = message(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, link, address, prefix);
    byte[] bytes = address.getAddress();
    if (bytes.length == 4 && prefix < 31) {
      message.attribute(IFA_BROADCAST, broadcast(bytes, prefix));
    }
    socket.request(message, () -> describe("add", link, address, prefix));
  }

  public void delete(int link, InetAddress address, int prefix) {
    socket.request(
        message(RTM_DELADDR, 0, link, address, prefix),
        () -> describe("del", link, address, prefix));
  }

  private static MessageWriter message(
      int type, int flags, int link, InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    boolean four = bytes.length == 4;
    int family = four ? SocketCalls.AF_INET : SocketCalls.AF_INET6;
    return new MessageWriter(type, NLM_F_REQUEST | NLM_F_ACK | flags)
        .u8(family)
        .u8(prefix)
        .u8(four ? 0 : IFA_F_NODAD)
        .u8(0)
        .u32(link)
        .attribute(IFA_LOCAL, bytes)
        .attribute(IFA_ADDRESS, bytes);
  }

  private static byte[] broadcast(byte[] address, int prefix) {
    int bits = ByteBuffer.wrap(address).getInt() | (prefix == 0 ? -1 : -1 >>> prefix);
    return ByteBuffer.allocate(4).putInt(bits).array();
  }

  private static String describe(String verb, int link, InetAddress address, int prefix) {
    return "ip address " + verb + " " + address.getHostAddress() + "/" + prefix + " dev " + link;
  }

  private static LinkAddress parse(Answer answer) {
    ByteBuffer payload = answer.payload();
    if (payload.remaining() < IFADDRMSG) {
      throw new MalformedMessageException("address message is cut short");
    }
    Attributes attributes = Attributes.parse(payload.slice(IFADDRMSG, payload.limit() - IFADDRMSG));
    byte[] address =
        attributes
            .bytes(IFA_LOCAL)
            .or(() -> attributes.bytes(IFA_ADDRESS))
            .orElseThrow(() -> new MalformedMessageException("address message without address"));
    return new LinkAddress(payload.getInt(4), address(address), payload.get(1) & 0xff);
  }

  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new MalformedMessageException("address of " + bytes.length + " bytes");
    }
  }
}
