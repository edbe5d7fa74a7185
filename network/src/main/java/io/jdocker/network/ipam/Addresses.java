package io.jdocker.network.ipam;

import io.jdocker.network.Ipv4;

/** Who has which address of a network. Thread-safe. */
public interface Addresses {
  /** Takes the lowest free address of the range. */
  Ipv4 allocate();

  /**
   * Takes the given address.
   *
   * @throws io.jdocker.linux.failure.Conflict where somebody has it
   */
  void allocate(Ipv4 address);

  /** Takes an address that a container of an engine before this one has. */
  default void resume(Ipv4 address) {
    allocate(address);
  }

  void release(Ipv4 address);
}
