package io.jdocker.network;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A network as it stands in the catalog; its id is {@code NAMEid}. */
final class NetworkBuilder {
  private final String name;
  private String driver = "bridge";
  private Optional<IpamConfig> ipam = Optional.empty();
  private boolean internal;
  private final Map<String, String> options = new HashMap<>();

  private NetworkBuilder(String name) {
    this.name = name;
  }

  /** One without addresses, until a subnet is given. */
  static NetworkBuilder network(String name) {
    return new NetworkBuilder(name);
  }

  /** A bridge; the gateway has the subnet's first address. */
  static Network bridge(String name, String subnet) {
    return network(name).subnet(subnet).build();
  }

  NetworkBuilder subnet(String subnet) {
    Cidr cidr = Cidr.of(subnet);
    ipam = Optional.of(IpamConfig.of(cidr, cidr.first().plus(1)));
    return this;
  }

  NetworkBuilder driver(String kind) {
    driver = kind;
    return this;
  }

  NetworkBuilder internal() {
    internal = true;
    return this;
  }

  NetworkBuilder option(String key, String value) {
    options.put(key, value);
    return this;
  }

  Network build() {
    return new Network(
        name + "id",
        name,
        driver,
        Instant.EPOCH,
        ipam,
        "br-" + name,
        internal,
        false,
        options,
        Map.of());
  }
}
