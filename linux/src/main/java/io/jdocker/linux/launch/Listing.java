package io.jdocker.linux.launch;

import java.util.HexFormat;

/** Machine code written as an assembler lists it: on each line the bytes, {@code ;}, the source. */
final class Listing {
  private Listing() {}

  static byte[] bytes(String listing) {
    StringBuilder hex = new StringBuilder();
    listing.lines().forEach(line -> hex.append(line.substring(0, line.indexOf(';')).strip()));
    return HexFormat.of().parseHex(hex);
  }
}
