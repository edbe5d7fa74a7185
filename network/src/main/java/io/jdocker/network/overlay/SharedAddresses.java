package io.jdocker.network.overlay;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Network;
import io.jdocker.network.ipam.AddressPool;
import io.jdocker.network.ipam.Addresses;

/**
 * The addresses of a shared network: who has one has an entry in the store, made by a transaction,
 * so that no two hosts give out the same. Thread-safe.
 */
final class SharedAddresses implements Addresses {
  private static final int ATTEMPTS = 50;

  private final Network network;
  private final IpamConfig ipam;
  private final HeldEndpoints held;

  SharedAddresses(Network network, IpamConfig ipam, HeldEndpoints held) {
    this.network = network;
    this.ipam = ipam;
    this.held = held;
  }

  @Override
  public Ipv4 allocate() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Ipv4 free = taken().allocate();
      if (held.claim(network, free)) {
        return free;
      }
    }
    throw new Unavailable(
        "other hosts took each address that was chosen, " + ATTEMPTS + " times: try again");
  }

  @Override
  public void allocate(Ipv4 address) {
    taken().allocate(address);
    if (!held.claim(network, address)) {
      throw new Conflict("Address already in use: " + address);
    }
  }

  /** What the store says now. An entry that cannot be read takes its address all the same. */
  private AddressPool taken() {
    AddressPool pool = new AddressPool(ipam);
    for (Ipv4 address : held.taken(network.id())) {
      try {
        pool.allocate(address);
      } catch (EngineException outside) {
        // Another host's mistake: an address of no container can be given to none.
      }
    }
    return pool;
  }

  @Override
  public void resume(Ipv4 address) {
    held.resume(network.id(), address);
  }

  @Override
  public void release(Ipv4 address) {
    held.release(network.id(), address);
  }
}
