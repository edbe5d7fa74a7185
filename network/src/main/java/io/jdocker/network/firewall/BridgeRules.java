package io.jdocker.network.firewall;

import io.jdocker.network.Ip;
import io.jdocker.network.Subnet;
import java.util.List;

/**
 * What the firewall must know of a bridge network for one protocol.
 *
 * @param communication false where containers of the network may not talk to each other
 * @param masquerade false where containers go out with their own addresses
 * @param trusted links of the host by which containers may be reached at their own addresses
 */
public record BridgeRules(
    String bridge,
    Subnet subnet,
    Ip gateway,
    boolean internal,
    boolean communication,
    boolean masquerade,
    GatewayMode mode,
    List<String> trusted) {
  public BridgeRules {
    trusted = List.copyOf(trusted);
  }

  /** A network in the usual mode. */
  public BridgeRules(
      String bridge,
      Subnet subnet,
      Ip gateway,
      boolean internal,
      boolean communication,
      boolean masquerade) {
    this(bridge, subnet, gateway, internal, communication, masquerade, GatewayMode.NAT, List.of());
  }
}
