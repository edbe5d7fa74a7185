package io.jdocker.cli.container.request;

import java.util.ArrayList;
import java.util.List;

/**
 * One published port: {@code [ip:][host:]container[/protocol]}.
 *
 * @param hostIp the address to listen on, empty for all
 * @param hostPort a port, a range to choose from ({@code 8000-8010}), or empty for any
 * @param port the container's port and protocol: {@code 80/tcp}
 */
record PortSpec(String hostIp, String hostPort, String port) {
  private static final int LAST_PORT = 65535;

  /** Reads a value of {@code -p}: a range becomes one mapping a port. */
  static List<PortSpec> parse(String text) {
    if (text.indexOf('=') >= 0) {
      return parse(longForm(text));
    }
    int slash = text.lastIndexOf('/');
    String protocol =
        slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(java.util.Locale.ROOT);
    if (protocol.isEmpty()) {
      protocol = "tcp";
    }
    if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
      throw Refusal.of("invalid proto: " + protocol);
    }
    String rest = slash < 0 ? text : text.substring(0, slash);
    int colon = rest.lastIndexOf(':');
    String container = rest.substring(colon + 1);
    String host = "";
    String ip = "";
    if (colon >= 0) {
      String left = rest.substring(0, colon);
      int second = left.endsWith("]") ? -1 : left.lastIndexOf(':');
      host = second < 0 ? left : left.substring(second + 1);
      ip = second < 0 ? "" : left.substring(0, second);
    }
    if (container.isEmpty()) {
      throw Refusal.of("no port specified: " + text + "<empty>");
    }
    Range ports = Range.parse(container, "containerPort");
    return mappings(address(ip), host, ports, protocol);
  }

  private static List<PortSpec> mappings(String ip, String host, Range ports, String protocol) {
    Range hosts = host.isEmpty() ? null : Range.parse(host, "hostPort");
    if (hosts != null && hosts.size() != ports.size() && ports.size() != 1) {
      throw Refusal.of(
          "invalid ranges specified for container and host Ports: " + ports + " and " + hosts);
    }
    List<PortSpec> specs = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      String hostPort = "";
      if (hosts != null) {
        hostPort = hosts.size() == ports.size() ? "" + (hosts.first + i) : host;
      }
      specs.add(new PortSpec(ip, hostPort, (ports.first + i) + "/" + protocol));
    }
    return specs;
  }

  private static String address(String ip) {
    String bare = ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
    boolean looksRight =
        bare.isEmpty() || bare.indexOf(':') >= 0 || bare.matches("\\d+(\\.\\d+){3}");
    if (!looksRight) {
      throw Refusal.of("invalid IP address: " + bare);
    }
    return bare;
  }

  /** {@code published=8080,target=80,protocol=tcp}. */
  private static String longForm(String text) {
    String published = "";
    String target = "";
    String protocol = "tcp";
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String value = equals < 0 ? "" : field.substring(equals + 1);
      switch (equals < 0 ? field : field.substring(0, equals)) {
        case "published" -> published = value;
        case "target" -> target = value;
        case "protocol" -> protocol = value;
        case "mode" -> {
          // Swarm's: of no meaning for a container of this host.
        }
        default -> throw Refusal.of("invalid field " + field);
      }
    }
    return (published.isEmpty() ? "" : published + ":") + target + "/" + protocol;
  }

  /** The ports of {@code --expose}: {@code 80}, {@code 8000-8010/udp}. */
  static List<String> exposed(String text) {
    int slash = text.indexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    String ports = slash < 0 ? text : text.substring(0, slash);
    if (text.indexOf(':') >= 0) {
      throw Refusal.of("invalid port format for --expose: " + text);
    }
    Range range;
    if (ports.matches("\\d+-\\d+")
        && Long.parseLong(ports.substring(0, ports.indexOf('-')))
            > Long.parseLong(ports.substring(ports.indexOf('-') + 1))) {
      throw Refusal.of(
          "invalid range format for --expose: "
              + text
              + ", error: invalid range specified for port: "
              + ports);
    }
    try {
      range = Range.parse(ports, "port");
    } catch (RuntimeException e) {
      throw Refusal.of(
          "invalid range format for --expose: "
              + text
              + ", error: strconv.ParseUint: parsing \""
              + ports
              + "\": invalid syntax");
    }
    List<String> all = new ArrayList<>();
    for (int port = range.first; port <= range.last; port++) {
      all.add(port + "/" + protocol);
    }
    return all;
  }

  private record Range(int first, int last) {
    static Range parse(String text, String what) {
      int dash = text.indexOf('-');
      int first = port(dash < 0 ? text : text.substring(0, dash), text, what);
      int last = dash < 0 ? first : port(text.substring(dash + 1), text, what);
      if (last < first) {
        throw Refusal.of("invalid " + what + ": " + text);
      }
      return new Range(first, last);
    }

    private static int port(String number, String text, String what) {
      // Digits alone: parseInt takes a sign too, which no port has.
      if (number.matches("[0-9]{1,9}") && Integer.parseInt(number) <= LAST_PORT) {
        return Integer.parseInt(number);
      }
      throw Refusal.of("invalid " + what + ": " + text);
    }

    @Override
    public String toString() {
      return first + "-" + last;
    }

    int size() {
      return last - first + 1;
    }
  }
}
