package io.jdocker.network.overlay;

import io.jdocker.network.Ipv4;

/**
 * Another host of a network, as {@code network inspect} lists it.
 *
 * @param name what tells it from the others there: its subnet, or its address
 */
public record ClusterPeer(String name, Ipv4 address) {}
