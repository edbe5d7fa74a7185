package io.jdocker.network;

import java.util.Optional;

/**
 * An IPv6 address with a prefix length: a subnet, or an interface's address in one.
 *
 * @param address any address of the subnet, kept as given: {@code fd00::1/64}
 * @param prefix 0 to 128
 */
public record Cidr6(Ipv6 address, int prefix) implements Subnet {
  private static final int HALF = 64;
  private static final int LONGEST = 128;

  public Cidr6 {
    if (prefix < 0 || prefix > LONGEST) {
      throw new IllegalArgumentException("prefix length " + prefix + " is not in 0 to 128");
    }
  }

  /** Reads {@code ADDRESS/n}; empty when the text is none. */
  public static Optional<Cidr6> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    return Ipv6.parse(text.substring(0, slash)).map(a -> new Cidr6(a, prefix));
  }

  /** As {@link #parse}, for a text that is known to be a subnet. */
  public static Cidr6 of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no IPv6 subnet"));
  }

  private static long mask(int bits) {
    return bits <= 0 ? 0 : bits >= HALF ? -1 : -1L << (HALF - bits);
  }

  @Override
  public Cidr6 subnet() {
    return new Cidr6(first(), prefix);
  }

  /** The lowest address of the subnet. */
  public Ipv6 first() {
    return new Ipv6(address.high() & mask(prefix), address.low() & mask(prefix - HALF));
  }

  /** The highest address of the subnet. */
  public Ipv6 last() {
    return new Ipv6(address.high() | ~mask(prefix), address.low() | ~mask(prefix - HALF));
  }

  public boolean contains(Ipv6 other) {
    return new Cidr6(other, prefix).first().equals(first());
  }

  public boolean contains(Cidr6 other) {
    return other.prefix >= prefix && contains(other.address);
  }

  public boolean overlaps(Cidr6 other) {
    return contains(other) || other.contains(this);
  }

  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
