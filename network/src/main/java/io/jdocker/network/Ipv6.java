package io.jdocker.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv6 address, written as RFC 5952 has it: lower-case, the longest run of zeros left out.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Ipv6(long high, long low) implements Ip, Comparable<Ipv6> {
  private static final int BYTES = 16;
  private static final int GROUPS = 8;

  /** What could be an address and can be no host name, which Java would ask a name server for. */
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Reads an address.
   *
   * @return empty when the text is none; also for IPv4 in IPv6's clothes (::ffff:a.b.c.d), which no
   *     link can have
   */
  public static Optional<Ipv6> parse(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return InetAddress.getByName(text) instanceof Inet6Address six
          ? Optional.of(of(six))
          : Optional.empty();
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** As {@link #parse}, for a text that is known to be an address. */
  public static Ipv6 of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no IPv6 address"));
  }

  public static Ipv6 of(Inet6Address address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return new Ipv6(bytes.getLong(), bytes.getLong());
  }

  @Override
  public Family family() {
    return Family.IPV6;
  }

  @Override
  public InetAddress toInetAddress() {
    byte[] bytes = ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    try {
      return Inet6Address.getByAddress(null, bytes, -1);
    } catch (UnknownHostException e) {
      throw new AssertionError("sixteen bytes are an IPv6 address", e);
    }
  }

  @Override
  public boolean isLoopback() {
    return high == 0 && low == 1;
  }

  @Override
  public boolean isAny() {
    return high == 0 && low == 0;
  }

  /** True for fe80::/10, which means something on one link only. */
  public boolean isLinkLocal() {
    return high >>> 54 == 0x3fa;
  }

  /** The address that many steps further. */
  public Ipv6 plus(long steps) {
    long sum = low + steps;
    return new Ipv6(high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0), sum);
  }

  private int group(int index) {
    long half = index < GROUPS / 2 ? high : low;
    return (int) (half >>> (48 - index % (GROUPS / 2) * 16)) & 0xffff;
  }

  @Override
  public int compareTo(Ipv6 other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    int longest = 1; // one group of zeros alone is written out
    int start = GROUPS;
    for (int i = 0; i < GROUPS; i++) {
      int length = zerosFrom(i);
      if (length > longest) {
        longest = length;
        start = i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        text.append(text.length() == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int zerosFrom(int start) {
    int end = start;
    while (end < GROUPS && group(end) == 0) {
      end++;
    }
    return end - start;
  }
}
