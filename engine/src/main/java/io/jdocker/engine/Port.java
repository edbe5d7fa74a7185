package io.jdocker.engine;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;

/**
 * A port of a container.
 *
 * @param number 1 to 65535
 */
public record Port(int number, Protocol protocol) {
  /** What is spoken there. */
  public enum Protocol {
    TCP,
    UDP,
    SCTP
  }

  public Port {
    if (number < 1 || number > 65535) {
      throw new InvalidArgument("port " + number + " is not in 1 to 65535");
    }
  }

  public static Port tcp(int number) {
    return new Port(number, Protocol.TCP);
  }

  public static Port udp(int number) {
    return new Port(number, Protocol.UDP);
  }

  /** Reads {@code 80}, {@code 80/tcp} or {@code 53/udp}. */
  public static Port parse(String text) {
    io.jdocker.network.Port port =
        io.jdocker.network.Port.parse(text)
            .orElseThrow(
                () -> new InvalidArgument("\"" + text + "\" is no port, like 80/tcp or 53/udp"));
    return new Port(
        port.number(), Protocol.valueOf(port.protocol().toString().toUpperCase(Locale.ROOT)));
  }

  /** As Docker writes it: {@code 80/tcp}. */
  @Override
  public String toString() {
    return number + "/" + protocol.name().toLowerCase(Locale.ROOT);
  }
}
