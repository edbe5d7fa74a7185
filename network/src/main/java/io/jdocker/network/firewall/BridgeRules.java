package io.jdocker.network.firewall;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;

/**
 * What the firewall must know of a bridge network.
 *
 * @param communication false where containers of the network may not talk to each other
 * @param masquerade false where containers go out with their own addresses
 */
public record BridgeRules(
    String bridge,
    Cidr subnet,
    Ipv4 gateway,
    boolean internal,
    boolean communication,
    boolean masquerade) {}
