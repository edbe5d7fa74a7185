package io.jdocker.network.firewall;

import io.jdocker.network.Ipv4;
import io.jdocker.network.Port;
import java.util.Set;

/** A link between two containers of a bridge whose containers may not talk to each other. */
public record LinkRules(String bridge, Ipv4 from, Ipv4 to, Set<Port> ports) {
  public LinkRules {
    ports = Set.copyOf(ports);
  }
}
