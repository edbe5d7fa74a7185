package io.jdocker.network;

import java.util.List;
import java.util.Set;

/**
 * A {@code --link TARGET:ALIAS} to a running container.
 *
 * @param containerId the target's full id
 * @param containerName the target's name without the leading slash
 * @param alias the name it gets in the linking container
 * @param exposed the target's exposed ports
 * @param environment the target's environment, {@code NAME=VALUE} each
 */
public record Link(
    String containerId,
    String containerName,
    String alias,
    Set<Port> exposed,
    List<String> environment) {
  public Link {
    exposed = Set.copyOf(exposed);
    environment = List.copyOf(environment);
  }

  /** The same link to a target with another name. */
  Link named(String name) {
    return new Link(containerId, name, alias, exposed, environment);
  }
}
