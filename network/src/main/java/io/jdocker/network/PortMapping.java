package io.jdocker.network;

import java.util.Optional;

/**
 * A wish to publish one port of a container on the host.
 *
 * @param container the container's port
 * @param hostAddress the address of the host to publish on, IPv4 or IPv6 without brackets; empty
 *     for all
 * @param firstHostPort lowest acceptable port of the host; 0 for any free one
 * @param lastHostPort highest acceptable port of the host; the first free one of the range is taken
 */
public record PortMapping(
    Port container, Optional<String> hostAddress, int firstHostPort, int lastHostPort) {
  public PortMapping {
    if (firstHostPort < 0 || lastHostPort > 65535 || lastHostPort < firstHostPort) {
      throw new IllegalArgumentException(
          "host ports " + firstHostPort + "-" + lastHostPort + " are no range in 0 to 65535");
    }
  }

  /** A mapping to one port on every address of the host. */
  public static PortMapping of(int hostPort, Port container) {
    return new PortMapping(container, Optional.empty(), hostPort, hostPort);
  }
}
