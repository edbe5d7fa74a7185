package io.jdocker.compose.merge;

import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Position;
import io.jdocker.compose.yaml.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * The short form of a port: {@code [[IP:]HOST:]CONTAINER[/PROTOCOL]}, both sides single or ranges.
 */
final class PortForm {
  private static final int LAST_PORT = 65535;

  private record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }
  }

  private final String text;
  private final Position position;
  private final String path;

  private PortForm(String text, Position position, String path) {
    this.text = text;
    this.position = position;
    this.path = path;
  }

  /** The long forms, one a port of the container. */
  static List<Mapping> parse(String text, Position position, String path) {
    return new PortForm(text, position, path).run();
  }

  private List<Mapping> run() {
    int slash = text.lastIndexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
      throw refused("invalid proto: " + protocol);
    }
    String rest = slash < 0 ? text : text.substring(0, slash);
    int colon = rest.lastIndexOf(':');
    String host = colon < 0 ? "" : rest.substring(0, colon);
    String address = "";
    int second = host.endsWith("]") ? host.length() : host.lastIndexOf(':');
    if (second >= 0 && !host.isEmpty()) {
      address = host.substring(0, Math.min(second, host.length()));
      host = second >= host.length() ? "" : host.substring(second + 1);
    }
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    if (!address.isEmpty()
        && !address.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw refused("invalid IP address: " + address);
    }
    return mappings(address, host, range(rest.substring(colon + 1), "containerPort"), protocol);
  }

  private List<Mapping> mappings(String address, String host, Range ports, String protocol) {
    Range hosts = host.isEmpty() ? null : range(host, "hostPort");
    if (hosts != null && hosts.size() != ports.size() && ports.size() != 1) {
      throw refused("invalid ranges specified for container and host Ports: " + text);
    }
    List<Mapping> mappings = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      Mapping mapping =
          Mapping.empty(position)
              .with("mode", "ingress")
              .with("target", Scalar.integer(ports.first + i, position))
              .with("protocol", protocol);
      if (hosts != null) {
        mapping =
            mapping.with("published", hosts.size() == ports.size() ? "" + (hosts.first + i) : host);
      }
      mappings.add(address.isEmpty() ? mapping : mapping.with("host_ip", address));
    }
    return mappings;
  }

  private Range range(String ports, String what) {
    int dash = ports.indexOf('-');
    int first = port(dash < 0 ? ports : ports.substring(0, dash), ports, what);
    int last = dash < 0 ? first : port(ports.substring(dash + 1), ports, what);
    if (last < first) {
      throw refused("invalid " + what + ": " + ports);
    }
    return new Range(first, last);
  }

  private int port(String number, String ports, String what) {
    if (number.matches("\\d{1,5}") && Integer.parseInt(number) <= LAST_PORT) {
      return Integer.parseInt(number);
    }
    throw refused(
        ports.isEmpty() ? "no port specified: " + text : "invalid " + what + ": " + ports);
  }

  private RuntimeException refused(String what) {
    return Mistake.at(position, path, what);
  }
}
