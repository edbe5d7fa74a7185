package io.jdocker.network.rules;

import io.jdocker.network.Ipv4;

/** What an address is to the host whose rules are asked, as the match {@code addrtype} has it. */
@FunctionalInterface
public interface AddressTypes {
  /** {@code LOCAL}, {@code BROADCAST}, {@code MULTICAST}, {@code UNICAST}. */
  String of(Ipv4 address);
}
