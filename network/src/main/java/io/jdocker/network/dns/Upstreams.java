package io.jdocker.network.dns;

import java.util.List;

/**
 * Where a container's questions go that the engine cannot answer.
 *
 * @param servers in the order to be tried
 * @param reachable false for a container without a way out, which is told at once
 * @param singleLabels false where the user chose {@code ndots}: a name without a dot is refused
 *     then instead of sent on, for the client to come again with a search domain behind it
 */
public record Upstreams(List<Server> servers, boolean reachable, boolean singleLabels) {
  /** As many as resolv.conf(5) takes. */
  private static final int MOST = 3;

  /**
   * A server.
   *
   * @param address numeric, IPv4 or IPv6
   * @param byHost true for one on the host's own loopback, which only the host can ask
   */
  public record Server(String address, boolean byHost) {}

  public Upstreams {
    servers = List.copyOf(servers.subList(0, Math.min(MOST, servers.size())));
  }
}
