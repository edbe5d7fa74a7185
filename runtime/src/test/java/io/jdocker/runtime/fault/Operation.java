package io.jdocker.runtime.fault;

import io.jdocker.runtime.Engine;
import io.jdocker.runtime.fault.FaultyHost.Work;
import java.util.List;
import java.util.Set;

/**
 * One thing that users do, with what must be there before and what takes it back.
 *
 * @param prepare leaves the machine as the act needs it
 * @param act what is tried, with each of its effects failing once
 * @param undo brings the machine back to what it was before {@code prepare}, whether the act
 *     succeeded or failed
 */
record Operation(String name, Set<Trait> traits, Work prepare, Work act, Work undo) {
  enum Trait {
    /** A failed act leaves the machine as it was; one that gives back may have come half-way. */
    ACQUIRES,
    /** Firewall rules are of interest. */
    NETWORK
  }

  boolean acquires() {
    return traits.contains(Trait.ACQUIRES);
  }

  boolean network() {
    return traits.contains(Trait.NETWORK);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Where nothing is to be prepared. */
  static void nothing(Engine engine) {
    // As it says.
  }

  /** Removes a container, where there is one of that name. */
  static void removeContainer(Engine engine, String name) {
    if (engine.containers().find(name).isPresent()) {
      engine.containers().remove(name, true, true);
    }
  }

  static void removeVolume(Engine engine, String name) {
    if (engine.volumes().find(name).isPresent()) {
      engine.volumes().remove(name, List.of());
    }
  }

  static void removeNetwork(Engine engine, String name) {
    if (engine.networks().list().stream().anyMatch(network -> network.name().equals(name))) {
      engine.networks().remove(name);
    }
  }
}
