package io.jdocker.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 address.
 *
 * @param bits the address as a big-endian number
 */
public record Ipv4(int bits) implements Ip, Comparable<Ipv4> {
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

  /**
   * Reads four decimal octets. A leading zero is refused, as some programs read it as octal.
   *
   * @return empty when the text is no IPv4 address
   */
  public static Optional<Ipv4> parse(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return Optional.empty();
    }
    int bits = 0;
    for (String octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return Optional.empty();
      }
      bits = bits << 8 | Integer.parseInt(octet);
    }
    return Optional.of(new Ipv4(bits));
  }

  /** As {@link #parse}, for a text that is known to be an address. */
  public static Ipv4 of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no IPv4 address"));
  }

  public static Ipv4 of(Inet4Address address) {
    byte[] b = address.getAddress();
    return new Ipv4((b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff));
  }

  @Override
  public Family family() {
    return Family.IPV4;
  }

  @Override
  public InetAddress toInetAddress() {
    byte[] bytes = {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an IPv4 address", e);
    }
  }

  @Override
  public boolean isLoopback() {
    return bits >>> 24 == 127;
  }

  @Override
  public boolean isAny() {
    return bits == 0;
  }

  /** The address that many steps further. */
  public Ipv4 plus(int steps) {
    return new Ipv4(bits + steps);
  }

  @Override
  public int compareTo(Ipv4 other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }
}
