package io.jdocker.network.overlay;

import io.jdocker.network.Ipv4;
import java.util.List;

/** Who answers for the names of containers on other hosts. */
public interface RemoteNames {
  /**
   * A container can be called so.
   *
   * @param container tells it from all others of the network
   * @param names its own name first
   */
  void put(String networkId, String container, Ipv4 address, List<String> names);

  /** It cannot any more. */
  void remove(String networkId, String container);
}
