package io.jdocker.network.survey;

/** Who made a link. */
public sealed interface Owner {
  /** This engine, for one of its networks. */
  record Engine(String network) implements Owner {}

  /** Nobody: hardware, or the loopback of a namespace. */
  record Machine() implements Owner {}

  /** Somebody else. */
  record Foreign() implements Owner {}

  default boolean isForeign() {
    return this instanceof Foreign;
  }
}
