package io.jdocker.network;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes identifiers of 64 hexadecimal digits, as Docker's are. Thread-safe. */
final class Ids {
  private final SecureRandom random = new SecureRandom();

  String next() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The first twelve digits, which people use. */
  static String brief(String id) {
    return id.substring(0, Math.min(12, id.length()));
  }
}
