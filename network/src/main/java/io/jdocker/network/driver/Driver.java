package io.jdocker.network.driver;

import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.namespace.OpenNamespace;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A kind of network. Everything is done in the engine's network namespace, and done again without
 * harm. What a kind has no need of it leaves as it is here: nothing is done. Thread-safe.
 */
public interface Driver {
  /** The name as in {@code network create --driver}. */
  String name();

  /**
   * Refuses a wish that this kind of network cannot fulfil, before anything is done.
   *
   * @param others the networks that are there
   */
  void validate(NetworkSpec spec, Collection<Network> others);

  /**
   * The link of the host that the engine makes for a network, and removes with it.
   *
   * @param standard what a bridge is called unless the user chose
   * @return empty text where the driver needs none or the link is there already
   */
  default String ownLink(NetworkSpec spec, String standard) {
    return "";
  }

  /** What its containers have on it. */
  Traits traits();

  /**
   * What containers have on a kind of network.
   *
   * @param links false for host and none, which have neither links nor addresses
   * @param bridge true where the network is a bridge of the host, whose address is the gateway and
   *     where ports can be published
   * @param ownMac true where each container has a MAC address of its own
   * @param subnetNeeded true where addresses are given out even if no subnet was chosen
   */
  record Traits(boolean links, boolean bridge, boolean ownMac, boolean subnetNeeded) {}

  /**
   * Completes a planned network with what only others can tell, and makes it known to them. {@link
   * #remove} undoes it.
   *
   * @param networks subnets of the networks that are there
   * @param onHost what the host's addresses and routes cover
   */
  default Network register(
      Network planned, Collection<Cidr> networks, Supplier<Collection<Cidr>> onHost) {
    return planned;
  }

  /** Makes what the network needs on the host, or adopts what is there. */
  default void ensure(Network network, Trace trace) {}

  /** Removes what {@link #ensure} made. */
  default void remove(Network network) {}

  /**
   * Puts a container on the network.
   *
   * @param namespace the container's namespace
   * @param name its name under /run/netns, for the trace
   * @param hairpin true where the container may call itself by a published port
   */
  void join(
      Network network,
      Endpoint endpoint,
      OpenNamespace namespace,
      String name,
      boolean hairpin,
      Trace trace);

  /** The endpoint of a container that has joined, where the network had a say in its addresses. */
  default Endpoint joined(Network network, Endpoint endpoint) {
    return endpoint;
  }

  /** Returns once packets of a container that has joined are passed on, or soon would be. */
  default void awaitReady(Endpoint endpoint) {}

  /** Makes sure that a running container is on the network still, after a restart. */
  default void rejoin(Network network, Endpoint endpoint, boolean hairpin) {}

  /**
   * Removes links of the engine's making that no container has, as they stay behind when a state
   * file is lost.
   *
   * @param hostLinks the host's ends that containers have
   */
  default void sweep(Network network, Set<String> hostLinks) {}

  /**
   * Takes a container off the network again.
   *
   * @param namespace the container's, opened on demand; empty where it is gone already
   */
  void leave(
      Network network, Endpoint endpoint, Supplier<Optional<OpenNamespace>> namespace, Trace trace);
}
