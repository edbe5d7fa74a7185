package io.jdocker.network.ports;

import io.jdocker.linux.SocketCalls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** struct sockaddr_in and sockaddr_in6, as ip(7) and ipv6(7) lay them out. */
public final class SocketAddresses {
  private static final int IPV4_LENGTH = 16;
  private static final int IPV6_LENGTH = 28;

  private SocketAddresses() {}

  /**
   * The structure for an address and port.
   *
   * @param address a numeric address, IPv4 or IPv6
   */
  public static byte[] encode(String address, int port) {
    byte[] bytes = numeric(address).getAddress();
    boolean six = bytes.length == 16 || address.indexOf(':') >= 0;
    ByteBuffer buffer = ByteBuffer.allocate(six ? IPV6_LENGTH : IPV4_LENGTH);
    int family = six ? SocketCalls.AF_INET6 : SocketCalls.AF_INET;
    buffer.order(ByteOrder.nativeOrder()).putShort((short) family);
    buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
    if (six) {
      buffer.putInt(0);
    }
    return buffer.put(bytes).array();
  }

  /** The family of such a structure, for socket(2). */
  static int familyOf(byte[] structure) {
    return structure.length == IPV4_LENGTH ? SocketCalls.AF_INET : SocketCalls.AF_INET6;
  }

  static InetAddress numeric(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("\"" + address + "\" is no numeric address", e);
    }
  }
}
