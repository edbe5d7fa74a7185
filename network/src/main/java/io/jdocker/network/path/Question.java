package io.jdocker.network.path;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.Port;

/**
 * Whose packet is followed where.
 *
 * @param from a container, {@code host}, a namespace's name, or an address
 * @param to the same
 * @param port 0 for an ICMP echo request
 * @param protocol {@code tcp}, {@code udp} or {@code icmp}
 */
public record Question(String from, String to, int port, String protocol) {
  /**
   * Reads the two words of the command line.
   *
   * @param to {@code NAME}, {@code NAME:PORT} or {@code NAME:PORT/udp}
   */
  public static Question of(String from, String to) {
    int colon = to.lastIndexOf(':');
    if (from.isEmpty() || to.isEmpty() || colon == 0) {
      throw new InvalidArgument("name where the packet comes from and where it goes");
    }
    if (colon < 0) {
      return new Question(from, to, 0, "icmp");
    }
    Port port =
        Port.parse(to.substring(colon + 1))
            .orElseThrow(
                () ->
                    new InvalidArgument(
                        "invalid port in \""
                            + to
                            + "\": write NAME:PORT or NAME:PORT/udp, or leave it out for a ping"));
    return new Question(from, to.substring(0, colon), port.number(), port.protocol().toString());
  }

  @Override
  public String toString() {
    return from + " to " + to + (port == 0 ? " (ping)" : ":" + port + "/" + protocol);
  }
}
