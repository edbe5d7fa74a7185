package io.jdocker.images;

import java.util.HashMap;
import java.util.Map;

/**
 * Who is bringing in which layer, so that nobody unpacks it a second time. Who comes second waits
 * until the first has committed or given up, and then finds it or does it. An owner takes the
 * layers of one image only, from the base up: of two that meet, the later waits at the lowest layer
 * they share, and nobody waits for it there. Thread-safe.
 */
final class ChainLocks {
  private final Map<Digest, Object> owners = new HashMap<>();

  /** Waits until nobody else has the layer, and takes it. */
  synchronized void take(Digest chainId, Object owner) throws InterruptedException {
    while (owners.getOrDefault(chainId, owner) != owner) {
      wait();
    }
    owners.put(chainId, owner);
  }

  /** Gives back all that an owner has. */
  synchronized void release(Object owner) {
    owners.values().removeIf(owner::equals);
    notifyAll();
  }
}
