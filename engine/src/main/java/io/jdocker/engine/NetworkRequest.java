package io.jdocker.engine;

import io.jdocker.network.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A network as it is to be.
 *
 * @param subnet {@code 10.1.0.0/24}; empty: the first that is free
 * @param internal without a way out
 */
public record NetworkRequest(
    String name, String subnet, boolean internal, Map<String, String> labels) {
  public NetworkRequest {
    labels = Map.copyOf(labels);
  }

  /** A bridge on which containers find each other by name. */
  public static NetworkRequest named(String name) {
    return new NetworkRequest(name, "", false, Map.of());
  }

  public NetworkRequest withSubnet(String cidr) {
    return new NetworkRequest(name, cidr, internal, labels);
  }

  /** The same without a way out. */
  public NetworkRequest closed() {
    return new NetworkRequest(name, subnet, true, labels);
  }

  public NetworkRequest withLabel(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(labels);
    more.put(key, value);
    return new NetworkRequest(name, subnet, internal, more);
  }

  NetworkSpec spec() {
    return new NetworkSpec(
        name,
        "bridge",
        Optional.of(subnet).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        internal,
        false,
        false,
        Map.of(),
        labels);
  }
}
