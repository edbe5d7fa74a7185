package io.jdocker.network.overlay;

import io.jdocker.network.Network;
import java.util.List;

/** Where the networks of an engine are kept, as the cluster changes them. */
public interface NetworkShelf {
  List<Network> list();

  /**
   * Another host has made a network, or has changed it.
   *
   * @throws io.jdocker.linux.failure.EngineException why it cannot be used here
   */
  void appear(Network network);

  /**
   * Another host has removed a network: what this host has of it goes.
   *
   * @throws io.jdocker.linux.failure.EngineException where containers of this host are on it
   */
  void vanish(Network network);
}
