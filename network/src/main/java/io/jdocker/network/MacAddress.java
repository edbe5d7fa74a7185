package io.jdocker.network;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Ethernet address.
 *
 * @param bits the six bytes as a number
 */
public record MacAddress(long bits) {
  private static final Pattern COLONS = Pattern.compile("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}");

  /** Reads six pairs of hexadecimal digits separated by colons; empty when the text is none. */
  public static Optional<MacAddress> parse(String text) {
    String colons = text.replace('-', ':');
    if (!COLONS.matcher(colons).matches()) {
      return Optional.empty();
    }
    return Optional.of(new MacAddress(HexFormat.fromHexDigitsToLong(colons.replace(":", ""))));
  }

  /**
   * The address a container gets by default: 02:42 and its IPv4 address. It stays the same when the
   * container comes back with the same address, so neighbours need not learn a new one.
   */
  public static MacAddress of(Ipv4 address) {
    return new MacAddress(0x0242_0000_0000L | (address.bits() & 0xffff_ffffL));
  }

  /** False for group addresses, which no single interface may have. */
  public boolean isUnicast() {
    return (bits >> 40 & 1) == 0;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(text.isEmpty() ? "" : ":");
      text.append(HexFormat.of().toHexDigits((byte) (bits >> shift)));
    }
    return text.toString();
  }
}
