package io.jdocker.images.registry;

import io.jdocker.linux.failure.InvalidArgument;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which registries may be spoken to without a valid certificate, or in plain HTTP: those on this
 * machine's loopback, and those the operator has named by host, host and port, or network.
 */
final class InsecureRegistries {
  private final List<String> hosts = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();

  /**
   * Addresses with a common prefix.
   *
   * @param length bits of an address of that family
   */
  private record Range(BigInteger address, int length, int bits) {
    boolean contains(InetAddress candidate) {
      byte[] other = candidate.getAddress();
      int shift = length - bits;
      return other.length * Byte.SIZE == length
          && new BigInteger(1, other).shiftRight(shift).equals(address.shiftRight(shift));
    }
  }

  /**
   * @param named {@code host}, {@code host:port} or {@code 10.0.0.0/8}
   * @throws InvalidArgument when one is none of these
   */
  InsecureRegistries(List<String> named) {
    for (String name : named) {
      int slash = name.indexOf('/');
      if (slash < 0) {
        hosts.add(host(name));
      } else {
        ranges.add(range(name, slash));
      }
    }
  }

  private static String host(String name) {
    if (!name.matches("[A-Za-z0-9.\\[\\]:_-]+")) {
      throw invalid(name);
    }
    return name;
  }

  private static Range range(String name, int slash) {
    String address = name.substring(0, slash);
    // Digits and colons only: getByName would ask the name server for anything else.
    boolean literal =
        address.matches("[0-9.]+") || address.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    try {
      byte[] bytes = literal ? InetAddress.getByName(address).getAddress() : new byte[0];
      int bits = Integer.parseInt(name.substring(slash + 1));
      if (bits < 0 || bits > bytes.length * Byte.SIZE || bytes.length == 0) {
        throw invalid(name);
      }
      return new Range(new BigInteger(1, bytes), bytes.length * Byte.SIZE, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw invalid(name);
    }
  }

  private static InvalidArgument invalid(String name) {
    return new InvalidArgument(
        "insecure registry \"" + name + "\" is neither host[:port] nor a network like 10.0.0.0/8");
  }

  /** Whether that registry may be spoken to so. */
  boolean covers(Authority authority) {
    if (authority.isLoopback()
        || hosts.contains(authority.host())
        || hosts.contains(authority.toString())) {
      return true;
    }
    return !ranges.isEmpty() && addresses(authority.host()).stream().anyMatch(this::inRange);
  }

  private boolean inRange(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  private static List<InetAddress> addresses(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of(); // the connection itself will tell
    }
  }
}
