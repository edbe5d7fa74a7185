package io.jdocker.cli.container;

import io.jdocker.cli.json.ApiObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ports on one line: {@code 0.0.0.0:80->8080/tcp, 90/udp}. Neighbours that keep their number, or
 * are not published, are drawn together: {@code 0.0.0.0:5000-5002->5000-5002/tcp}.
 */
public final class PortList {
  private record Port(String ip, String type, int inside, int published)
      implements Comparable<Port> {
    // Written out: a chain of Comparator's lambdas costs 8 ms of ps.
    @Override
    public int compareTo(Port other) {
      if (inside != other.inside) {
        return Integer.compare(inside, other.inside);
      }
      if (!ip.equals(other.ip)) {
        return ip.compareTo(other.ip);
      }
      return published == other.published
          ? type.compareTo(other.type)
          : Integer.compare(published, other.published);
    }

    String group() {
      return ip + "/" + type;
    }

    /** Published under another number: always shown alone. */
    boolean isMapped() {
      return !ip.isEmpty() && published != inside;
    }

    String mapping() {
      return host(ip) + ":" + published + "->" + inside + "/" + type;
    }
  }

  private record Range(Port first, int last) {
    String text() {
      int start = first.inside();
      String numbers = start == last ? "" + start : start + "-" + last;
      return first.ip().isEmpty()
          ? numbers + "/" + first.type()
          : host(first.ip()) + ":" + numbers + "->" + numbers + "/" + first.type();
    }
  }

  private PortList() {}

  private static String host(String ip) {
    return ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
  }

  /** The ports of a list item. */
  public static String text(List<ApiObject> ports) {
    List<String> closed = new ArrayList<>();
    List<String> mappings = new ArrayList<>();
    Map<String, Range> open = new LinkedHashMap<>();
    for (Port port : sorted(ports)) {
      if (port.isMapped()) {
        mappings.add(port.mapping());
        continue;
      }
      Range range = open.get(port.group());
      if (range != null && port.inside() == range.last() + 1) {
        open.put(port.group(), new Range(range.first(), port.inside()));
        continue;
      }
      if (range != null) {
        closed.add(range.text());
      }
      open.put(port.group(), new Range(port, port.inside()));
    }
    for (Range range : open.values()) {
      closed.add(range.text());
    }
    closed.addAll(mappings);
    return String.join(", ", closed);
  }

  private static List<Port> sorted(List<ApiObject> ports) {
    List<Port> sorted = new ArrayList<>();
    for (ApiObject port : ports) {
      sorted.add(
          new Port(
              port.text("IP"),
              port.text("Type"),
              (int) port.number("PrivatePort"),
              (int) port.number("PublicPort")));
    }
    Collections.sort(sorted);
    return sorted;
  }
}
