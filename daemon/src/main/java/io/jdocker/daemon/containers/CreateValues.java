package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.Ipv4;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges values that would otherwise be found wrong when the container starts: by then it exists,
 * and whoever asked for it has gone on.
 */
record CreateValues(ConfigDocument config, HostConfigDocument host) {
  private static final Pattern PORT = Pattern.compile("(\\d{1,5})(/(tcp|udp|sctp))?");
  private static final int LAST_PORT = 65535;

  /**
   * Checks the request.
   *
   * @throws InvalidArgument with Docker's wording, naming the value
   */
  void check() {
    config.exposedPorts().keySet().forEach(CreateValues::requirePort);
    for (String variable : config.env()) {
      if (variable.isEmpty() || variable.startsWith("=")) {
        throw new InvalidArgument("invalid environment variable: " + variable);
      }
    }
    host.dns().forEach(server -> requireAddress("invalid nameserver address: ", server));
    for (String entry : host.extraHosts().orElse(List.of())) {
      if (entry.indexOf(':') <= 0) {
        throw new InvalidArgument("bad format for add-host: \"" + entry + "\"");
      }
    }
    if (host.networkMode().equals("container:")) {
      throw new InvalidArgument("invalid container format container:<name|id>");
    }
    host.portBindings()
        .values()
        .forEach(
            bindings -> {
              // No list publishes nothing.
              if (bindings != null) {
                bindings.forEach(
                    binding -> requireAddress("invalid IP address: ", binding.hostIp()));
              }
            });
  }

  private static void requirePort(String port) {
    Matcher matcher = PORT.matcher(port);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > LAST_PORT) {
      throw new InvalidArgument("invalid port specification: \"" + port + "\"");
    }
  }

  private static void requireAddress(String problem, String address) {
    boolean isVersion6 = address.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    if (address.isEmpty() || isVersion6) {
      return;
    }
    if (Ipv4.parse(address).isEmpty()) {
      throw new InvalidArgument(problem + address);
    }
  }
}
