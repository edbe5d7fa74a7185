package io.jdocker.network.firewall;

import java.util.Optional;

/** How a bridge network and the world reach each other, under Docker's names. */
public enum GatewayMode {
  /** Out with the host's address, in by published ports of the host only. */
  NAT("nat"),
  /** The same, but whoever has a route to the container reaches all of its ports. */
  NAT_UNPROTECTED("nat-unprotected"),
  /** Both ways with the container's own address; in to its published ports only. */
  ROUTED("routed"),
  /** Not at all, not even to the host: the bridge has no address. For internal networks. */
  ISOLATED("isolated");

  private final String text;

  GatewayMode(String text) {
    this.text = text;
  }

  /** Empty where there is no such mode; empty text means the usual one. */
  public static Optional<GatewayMode> parse(String text) {
    for (GatewayMode mode : values()) {
      if (mode.text.equals(text)) {
        return Optional.of(mode);
      }
    }
    return text.isEmpty() ? Optional.of(NAT) : Optional.empty();
  }

  /** True where containers have no address of the host in front of them. */
  public boolean isRouted() {
    return this == ROUTED;
  }

  @Override
  public String toString() {
    return text;
  }
}
