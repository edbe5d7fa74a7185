package io.jdocker.network;

import java.util.Optional;

/**
 * An IPv4 address with a prefix length: a subnet, or an interface's address in one.
 *
 * @param address any address of the subnet, kept as given: {@code 172.17.0.1/16}
 * @param prefix 0 to 32
 */
public record Cidr(Ipv4 address, int prefix) implements Subnet {
  public Cidr {
    if (prefix < 0 || prefix > 32) {
      throw new IllegalArgumentException("prefix length " + prefix + " is not in 0 to 32");
    }
  }

  /** Reads {@code a.b.c.d/n}; empty when the text is none. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]|[12][0-9]|3[0-2]")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    return Ipv4.parse(text.substring(0, slash)).map(a -> new Cidr(a, prefix));
  }

  /** As {@link #parse}, for a text that is known to be a subnet. */
  public static Cidr of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no IPv4 subnet"));
  }

  private int mask() {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  @Override
  public Cidr subnet() {
    return new Cidr(new Ipv4(address.bits() & mask()), prefix);
  }

  /** The lowest address of the subnet. */
  public Ipv4 first() {
    return new Ipv4(address.bits() & mask());
  }

  /** The highest address of the subnet: its broadcast address. */
  public Ipv4 last() {
    return new Ipv4(address.bits() | ~mask());
  }

  /** How many addresses the subnet holds. */
  public long size() {
    return 1L << (32 - prefix);
  }

  public boolean contains(Ipv4 other) {
    return (other.bits() & mask()) == (address.bits() & mask());
  }

  public boolean contains(Cidr other) {
    return other.prefix >= prefix && contains(other.address);
  }

  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
