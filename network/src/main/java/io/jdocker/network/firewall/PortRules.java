package io.jdocker.network.firewall;

import io.jdocker.network.Ip;
import io.jdocker.network.PortBinding;
import java.util.List;

/**
 * What the firewall must know of a container's published ports.
 *
 * @param container its address; bindings of the other protocol are passed over
 * @param direct true where its published ports may be reached by its own address, too
 */
public record PortRules(Ip container, List<PortBinding> bindings, boolean direct) {
  public PortRules {
    bindings = List.copyOf(bindings);
  }

  /** Ports that are reached by the host's address only. */
  public static PortRules of(Ip container, List<PortBinding> bindings) {
    return new PortRules(container, bindings, false);
  }
}
