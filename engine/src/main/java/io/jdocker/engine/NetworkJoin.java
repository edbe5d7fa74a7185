package io.jdocker.engine;

import java.util.List;

/**
 * A container's place on a network.
 *
 * @param network name or id; {@code bridge}, {@code host} and {@code none} are always there
 * @param aliases further names that other containers of a user-defined network find it by
 * @param address IPv4 address there; empty: the engine chooses
 */
public record NetworkJoin(String network, List<String> aliases, String address) {
  public NetworkJoin {
    aliases = List.copyOf(aliases);
  }

  public static NetworkJoin of(String network, String... aliases) {
    return new NetworkJoin(network, List.of(aliases), "");
  }

  public NetworkJoin withAddress(String ipv4) {
    return new NetworkJoin(network, aliases, ipv4);
  }
}
