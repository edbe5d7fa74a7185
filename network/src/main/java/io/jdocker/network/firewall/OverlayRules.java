package io.jdocker.network.firewall;

import io.jdocker.network.Cidr;

/**
 * What the firewall must know of a bridge that is one host's part of a larger network.
 *
 * @param subnet this host's part
 * @param cluster all of it: its containers see each other's own addresses
 * @param device the link by which packets of other hosts come; empty text for any
 */
public record OverlayRules(String bridge, Cidr subnet, Cidr cluster, String device) {}
