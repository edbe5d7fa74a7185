package io.jdocker.network;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A network.
 *
 * @param id 64 hexadecimal digits
 * @param driver {@code bridge}, {@code macvlan}, ..., {@code host} or {@code null} (the network
 *     named none)
 * @param ipam empty for host and none
 * @param ipam6 the IPv6 addresses; empty where the network has none
 * @param bridge name of the link that the engine makes for the network, as a rule a bridge; empty
 *     text for none
 * @param options the driver options as given, and for the default bridge as Docker lists them
 */
public record Network(
    String id,
    String name,
    String driver,
    Instant created,
    Optional<IpamConfig> ipam,
    Optional<Ipam6Config> ipam6,
    String bridge,
    boolean internal,
    boolean attachable,
    Map<String, String> options,
    Map<String, String> labels) {
  /** The name of the network that containers are on by default. */
  public static final String DEFAULT = "bridge";

  public static final String HOST = "host";
  public static final String NONE = "none";

  public Network {
    ipam6 = ipam6 == null ? Optional.empty() : ipam6; // files of earlier versions
    options = Map.copyOf(options);
    labels = Map.copyOf(labels);
  }

  /** A network without IPv6. */
  public Network(
      String id,
      String name,
      String driver,
      Instant created,
      Optional<IpamConfig> ipam,
      String bridge,
      boolean internal,
      boolean attachable,
      Map<String, String> options,
      Map<String, String> labels) {
    this(
        id,
        name,
        driver,
        created,
        ipam,
        Optional.empty(),
        bridge,
        internal,
        attachable,
        options,
        labels);
  }

  /** True for the three networks that are always there and cannot be removed. */
  public boolean predefined() {
    return name.equals(DEFAULT) || name.equals(HOST) || name.equals(NONE);
  }

  /** The same network with other addresses and options. */
  public Network with(Optional<IpamConfig> addresses, Map<String, String> otherOptions) {
    return new Network(
        id,
        name,
        driver,
        created,
        addresses,
        ipam6,
        bridge,
        internal,
        attachable,
        otherOptions,
        labels);
  }
}
