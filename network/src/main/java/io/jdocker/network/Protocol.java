package io.jdocker.network;

import java.util.Locale;
import java.util.Optional;

/** A transport protocol whose ports can be published. */
public enum Protocol {
  TCP,
  UDP,
  SCTP;

  public static Optional<Protocol> parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "tcp" -> Optional.of(TCP);
      case "udp" -> Optional.of(UDP);
      case "sctp" -> Optional.of(SCTP);
      default -> Optional.empty();
    };
  }

  /** As iptables and the Docker API write it: {@code tcp}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
