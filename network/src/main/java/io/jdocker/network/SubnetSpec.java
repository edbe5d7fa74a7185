package io.jdocker.network;

import java.util.Map;
import java.util.Optional;

/**
 * A wish for the addresses of one protocol, as the user wrote it.
 *
 * @param subnet {@code --subnet}; empty for the first free of the pools
 * @param range {@code --ip-range}
 * @param gateway {@code --gateway}; empty for the subnet's first address
 * @param reserved {@code --aux-address}: addresses that are not to be given out, by name
 */
public record SubnetSpec(
    Optional<String> subnet,
    Optional<String> range,
    Optional<String> gateway,
    Map<String, String> reserved) {
  /** Everything as the engine likes it. */
  public static final SubnetSpec ANY =
      new SubnetSpec(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public SubnetSpec {
    reserved = Map.copyOf(reserved);
  }
}
