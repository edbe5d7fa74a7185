package io.jdocker.network.ports;

import io.jdocker.network.Family;

/** How a container's published ports are reached, by protocol. */
public record PortWays(Way four, Way six) {
  /** A way in. */
  public enum Way {
    /** By a port of the host that rules translate. */
    HOST,
    /** By a port of the host that the relay serves: the container lacks that protocol. */
    RELAYED,
    /** By the container's own address only. */
    ROUTED,
    /** Not at all. */
    NONE
  }

  /** As on a network without IPv6. */
  public static final PortWays IPV4 = new PortWays(Way.HOST, Way.RELAYED);

  /** The way in by that protocol. */
  public Way of(Family family) {
    return family == Family.IPV4 ? four : six;
  }

  /** True where nothing can be published. */
  public boolean isNone() {
    return four == Way.NONE && six == Way.NONE;
  }
}
