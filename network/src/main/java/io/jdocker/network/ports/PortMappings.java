package io.jdocker.network.ports;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Port;
import io.jdocker.network.PortMapping;
import io.jdocker.network.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code -p} values, in every form that Docker takes:
 *
 * <pre>
 * 80            a free port of the host        8080:80       that port
 * 8080-8090:80  a free one of the range        8080-8081:80-81   one to one
 * 127.0.0.1:8080:80   127.0.0.1::80   [::1]:8080:80   ... with /tcp, /udp or /sctp behind
 * </pre>
 */
public final class PortMappings {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:(?<address>\\[[^\\]]*\\]|[^:\\[\\]]*):)?(?:(?<host>[^:]*):)?(?<rest>[^:]*)");

  /** A range of ports, both ends included. */
  private record Range(int first, int last) {
    int count() {
      return last - first + 1;
    }
  }

  private PortMappings() {}

  /**
   * Reads one value.
   *
   * @return one mapping for each port of the container
   * @throws InvalidArgument in Docker's words
   */
  public static List<PortMapping> parse(String value) {
    int slash = value.indexOf('/');
    String ports = slash < 0 ? value : value.substring(0, slash);
    String suffix = slash < 0 ? "tcp" : value.substring(slash + 1);
    Protocol protocol =
        Protocol.parse(suffix).orElseThrow(() -> new InvalidArgument("invalid proto: " + suffix));
    Matcher matcher = SHAPE.matcher(ports);
    if (!matcher.matches()) {
      throw new InvalidArgument("invalid hostPort: " + ports);
    }
    String address = matcher.group("address");
    String host = matcher.group("host");
    String container = matcher.group("rest");
    if (address != null && host == null) {
      host = address; // two parts are HOST:CONTAINER
      address = null;
    }
    if (container.isEmpty()) {
      throw new InvalidArgument("no port specified: " + value + "<empty>");
    }
    Range inside = range(container, "invalid containerPort: ");
    boolean anyPort = host == null || host.isEmpty() || host.equals("0");
    Range outside = anyPort ? null : range(host, "invalid hostPort: ");
    return mappings(
        protocol,
        Optional.ofNullable(address).flatMap(PortMappings::address),
        inside,
        Optional.ofNullable(outside));
  }

  /** Reads all values, in order. */
  public static List<PortMapping> parseAll(List<String> values) {
    return values.stream().flatMap(v -> parse(v).stream()).toList();
  }

  private static List<PortMapping> mappings(
      Protocol protocol, Optional<String> address, Range inside, Optional<Range> outside) {
    boolean pool = inside.count() == 1;
    if (outside.isPresent() && !pool && outside.get().count() != inside.count()) {
      throw new InvalidArgument(
          "invalid ranges specified for container and host Ports: "
              + text(inside)
              + " and "
              + text(outside.get()));
    }
    List<PortMapping> mappings = new ArrayList<>();
    for (int i = 0; i < inside.count(); i++) {
      Port port = new Port(inside.first() + i, protocol);
      int step = i;
      int first = outside.map(r -> r.first() + step).orElse(0);
      int last = pool ? outside.map(Range::last).orElse(0) : first;
      mappings.add(new PortMapping(port, address, first, last));
    }
    return mappings;
  }

  /** An address without its brackets; empty text means every address. */
  private static Optional<String> address(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.startsWith("[")) {
      String six = text.substring(1, text.length() - 1);
      if (!six.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
        throw new InvalidArgument("invalid IP address: " + six);
      }
      return Optional.of(six);
    }
    if (Ipv4.parse(text).isEmpty()) {
      throw new InvalidArgument("invalid IP address: " + text);
    }
    return Optional.of(text);
  }

  private static Range range(String text, String error) {
    String[] ends = text.split("-", -1);
    if (ends.length > 2) {
      throw new InvalidArgument(error + text);
    }
    int first = number(ends[0], error + text);
    int last = ends.length == 2 ? number(ends[1], error + text) : first;
    if (last < first) {
      throw new InvalidArgument(error + text);
    }
    return new Range(first, last);
  }

  private static int number(String text, String error) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new InvalidArgument(error);
    }
    int number = Integer.parseInt(text);
    if (number < 1 || number > 65535) {
      throw new InvalidArgument(error);
    }
    return number;
  }

  private static String text(Range range) {
    return range.count() == 1 ? "" + range.first() : range.first() + "-" + range.last();
  }
}
