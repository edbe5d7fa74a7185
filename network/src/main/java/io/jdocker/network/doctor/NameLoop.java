package io.jdocker.network.doctor;

import java.util.List;

/** The host asks a name server on its own loopback, which containers cannot reach. */
final class NameLoop implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    List<String> servers =
        patient
            .nameServers()
            .lines()
            .map(String::strip)
            .filter(l -> l.startsWith("nameserver"))
            .map(l -> l.substring("nameserver".length()).strip())
            .toList();
    boolean loop = !servers.isEmpty() && servers.stream().allMatch(NameLoop::isLoopback);
    if (!loop) {
      return List.of();
    }
    return List.of(
        new Finding(
            "dns-loop",
            "resolv.conf names only " + String.join(", ", servers) + ", on the host's own loopback",
            "containers of the default bridge cannot ask it: they use what systemd-resolved lists"
                + " in /run/systemd/resolve/resolv.conf, or else 8.8.8.8, and do not know names"
                + " of your own network",
            "put containers on a network of their own (jdocker network create), where the engine"
                + " asks for them, or give them --dns ADDRESS"));
  }

  private static boolean isLoopback(String server) {
    return server.startsWith("127.") || server.equals("::1");
  }
}
