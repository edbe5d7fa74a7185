package io.jdocker.network.rules;

import io.jdocker.network.Ipv4;
import java.util.Optional;

/** What a rule does. */
public sealed interface Target {
  /** The packet has passed this table. */
  record Accept() implements Target {}

  /** The packet vanishes. */
  record Drop() implements Target {}

  /** The packet vanishes and its sender is told. */
  record Reject(String with) implements Target {}

  /** Back to the chain that led here. */
  record Return() implements Target {}

  /**
   * On with another chain.
   *
   * @param comesBack false for {@code -g}
   */
  record Jump(String chain, boolean comesBack) implements Target {}

  /** Another destination; port 0 keeps the packet's, address empty stands for this host. */
  record Destination(Optional<Ipv4> address, int port) implements Target {}

  /** Another source; empty for the address of the link it leaves by. */
  record Source(Optional<Ipv4> address) implements Target {}

  /** A mark on the packet: the bits of the mask are replaced. */
  record Mark(int value, int mask) implements Target {}

  /** Something that does not change the packet's way: LOG, counting. */
  record Aside(String name) implements Target {}

  /** One that this program does not know. */
  record Unknown(String text) implements Target {}
}
