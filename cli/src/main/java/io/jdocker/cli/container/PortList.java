package io.jdocker.cli.container;

import io.jdocker.cli.json.ApiObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/**
 * Ports on one line, runs of them drawn together: {@code 0.0.0.0:5000-5001->6000-6001/tcp, 90/udp}.
 */
final class PortList {
  private record Run(String ip, String type, int firstPrivate, int firstPublic, int length) {
    boolean isContinuedBy(Run next) {
      return ip.equals(next.ip)
          && type.equals(next.type)
          && next.firstPrivate == firstPrivate + length
          && (firstPublic == 0 ? next.firstPublic == 0 : next.firstPublic == firstPublic + length);
    }

    Run longer() {
      return new Run(ip, type, firstPrivate, firstPublic, length + 1);
    }

    String text() {
      String inside = range(firstPrivate) + "/" + type;
      if (firstPublic == 0) {
        return inside;
      }
      String host = ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
      return host + ":" + range(firstPublic) + "->" + inside;
    }

    private String range(int first) {
      return length == 1 ? "" + first : first + "-" + (first + length - 1);
    }
  }

  private PortList() {}

  static String text(List<ApiObject> ports) {
    List<Run> sorted = new ArrayList<>();
    for (ApiObject port : ports) {
      sorted.add(
          new Run(
              port.text("IP"),
              port.text("Type"),
              (int) port.number("PrivatePort"),
              (int) port.number("PublicPort"),
              1));
    }
    sorted.sort(
        Comparator.comparingInt(Run::firstPrivate)
            .thenComparing(Run::ip)
            .thenComparingInt(Run::firstPublic)
            .thenComparing(Run::type));
    List<Run> runs = new ArrayList<>();
    for (Run port : sorted) {
      int continued = continued(runs, port);
      if (continued < 0) {
        runs.add(port);
      } else {
        runs.set(continued, runs.get(continued).longer());
      }
    }
    // What is published first, as docker has it.
    StringJoiner text = new StringJoiner(", ");
    runs.stream().filter(run -> run.firstPublic() > 0).forEach(run -> text.add(run.text()));
    runs.stream().filter(run -> run.firstPublic() == 0).forEach(run -> text.add(run.text()));
    return text.toString();
  }

  private static int continued(List<Run> runs, Run port) {
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).isContinuedBy(port)) {
        return i;
      }
    }
    return -1;
  }
}
