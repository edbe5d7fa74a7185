package io.jdocker.network.names;

import io.jdocker.network.Ipv4;
import io.jdocker.network.Link;
import io.jdocker.network.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The variables that a link adds to the linking container's environment. */
public final class LinkEnvironment {
  /** Not passed on: they would say where the other container's files are. */
  private static final Set<String> PRIVATE = Set.of("PATH", "HOME");

  private LinkEnvironment() {}

  /**
   * The variables of one link, {@code NAME=VALUE} each.
   *
   * @param containerName the linking container's name, without slash
   * @param address the linked container's address
   */
  public static List<String> of(String containerName, Link link, Ipv4 address) {
    String alias = link.alias().replace('-', '_').toUpperCase(Locale.ROOT);
    List<Port> ports = link.exposed().stream().sorted().toList();
    List<String> variables = new ArrayList<>();
    if (!ports.isEmpty()) {
      variables.add(alias + "_PORT=" + url(address, ports.get(0)));
    }
    for (Port port : ports) {
      String protocol = port.protocol().name();
      String name = alias + "_PORT_" + port.number() + "_" + protocol;
      variables.add(name + "=" + url(address, port));
      variables.add(name + "_ADDR=" + address);
      variables.add(name + "_PORT=" + port.number());
      variables.add(name + "_PROTO=" + port.protocol());
    }
    variables.add(alias + "_NAME=/" + containerName + "/" + link.alias());
    for (String variable : link.environment()) {
      int equals = variable.indexOf('=');
      if (equals > 0 && !PRIVATE.contains(variable.substring(0, equals))) {
        variables.add(alias + "_ENV_" + variable);
      }
    }
    return variables;
  }

  private static String url(Ipv4 address, Port port) {
    return port.protocol() + "://" + address + ":" + port.number();
  }
}
