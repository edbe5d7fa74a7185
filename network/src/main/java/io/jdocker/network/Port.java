package io.jdocker.network;

import java.util.Comparator;
import java.util.Optional;

/** A port of a container: {@code 80/tcp}. */
public record Port(int number, Protocol protocol) implements Comparable<Port> {
  private static final Comparator<Port> ORDER =
      Comparator.comparingInt(Port::number).thenComparing(Port::protocol);

  public Port {
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("port " + number + " is not in 1 to 65535");
    }
  }

  public static Port tcp(int number) {
    return new Port(number, Protocol.TCP);
  }

  public static Port udp(int number) {
    return new Port(number, Protocol.UDP);
  }

  /** Reads {@code 80}, {@code 80/tcp} or {@code 53/udp}; empty when the text is none. */
  public static Optional<Port> parse(String text) {
    int slash = text.indexOf('/');
    String number = slash < 0 ? text : text.substring(0, slash);
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    if (!number.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int value = Integer.parseInt(number);
    if (value < 1 || value > 65535) {
      return Optional.empty();
    }
    return Protocol.parse(protocol).map(p -> new Port(value, p));
  }

  @Override
  public int compareTo(Port other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return number + "/" + protocol;
  }
}
