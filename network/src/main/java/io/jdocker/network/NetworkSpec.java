package io.jdocker.network;

import java.util.Map;
import java.util.Optional;

/**
 * A wish for a user-defined network.
 *
 * @param driver empty text for bridge
 * @param subnet {@code --subnet}; empty for the first free of the pools
 * @param range {@code --ip-range}
 * @param gateway {@code --gateway}; empty for the subnet's first address
 * @param reserved {@code --aux-address}: addresses that are not to be given out, by name
 * @param internal true for a network without a way out
 * @param ipv6 true where IPv6 was asked for
 * @param six the wish for its IPv6 addresses
 * @param options {@code com.docker.network.*} driver options
 */
public record NetworkSpec(
    String name,
    String driver,
    Optional<String> subnet,
    Optional<String> range,
    Optional<String> gateway,
    Map<String, String> reserved,
    boolean internal,
    boolean attachable,
    boolean ipv6,
    SubnetSpec six,
    Map<String, String> options,
    Map<String, String> labels) {
  public NetworkSpec {
    reserved = Map.copyOf(reserved);
    options = Map.copyOf(options);
    labels = Map.copyOf(labels);
  }

  /** A wish about IPv4 alone, or for IPv6 addresses of the engine's choice. */
  public NetworkSpec(
      String name,
      String driver,
      Optional<String> subnet,
      Optional<String> range,
      Optional<String> gateway,
      Map<String, String> reserved,
      boolean internal,
      boolean attachable,
      boolean ipv6,
      Map<String, String> options,
      Map<String, String> labels) {
    this(
        name,
        driver,
        subnet,
        range,
        gateway,
        reserved,
        internal,
        attachable,
        ipv6,
        SubnetSpec.ANY,
        options,
        labels);
  }

  /** A bridge network with the next free subnet. */
  public static NetworkSpec bridge(String name) {
    return new NetworkSpec(
        name,
        "bridge",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        false,
        false,
        Map.of(),
        Map.of());
  }
}
