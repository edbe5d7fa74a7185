package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.FlagValues;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code jdocker port}: where the published ports of a container are on the host. */
public final class PortVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "port",
            "CONTAINER [PRIVATE_PORT[/PROTO]]",
            "List port mappings or a specific mapping for the container",
            ArgumentCount.between(1, 2),
            new FlagTable())
        .alsoCalled("container port", "port");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String container = line.argument(0);
    ApiObject ports =
        ApiObject.of(session.api().get(ContainerPaths.of(container, "json")))
            .object("NetworkSettings")
            .object("Ports");
    if (line.arguments().size() > 1) {
      String asked = line.argument(1);
      requireNumber(asked);
      String port = asked.indexOf('/') < 0 ? asked + "/tcp" : asked;
      List<String> addresses = addresses(ports, port);
      if (addresses.isEmpty()) {
        throw new CommandFailure(
            "Error: No public port '" + asked + "' published for " + container);
      }
      for (String address : addresses) {
        session.console().printLine(address);
      }
      return 0;
    }
    List<String> lines = new ArrayList<>();
    for (String port : ports.names()) {
      for (String address : addresses(ports, port)) {
        lines.add(port + " -> " + address);
      }
    }
    lines.sort(PortVerb::byNumber);
    for (String text : lines) {
      session.console().printLine(text);
    }
    return 0;
  }

  private static void requireNumber(String port) {
    String number = port.indexOf('/') < 0 ? port : port.substring(0, port.indexOf('/'));
    try {
      FlagValues.checkUnsigned(number);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("Error: invalid port (" + number + "): " + e.getMessage());
    }
  }

  /** 80/tcp before 443/tcp: numbers as numbers. */
  private static int byNumber(String left, String right) {
    int byPort = Integer.compare(number(left), number(right));
    return byPort == 0 ? left.compareTo(right) : byPort;
  }

  private static int number(String mapping) {
    return Integer.parseInt(mapping.substring(0, mapping.indexOf('/')));
  }

  private static List<String> addresses(ApiObject ports, String port) {
    List<String> addresses = new ArrayList<>();
    for (ApiObject binding : ports.objects(port)) {
      String ip = binding.text("HostIp");
      String host = ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
      addresses.add(host + ":" + binding.text("HostPort"));
    }
    return addresses;
  }
}
