package io.jdocker.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The network a container has.
 *
 * @param id 64 hexadecimal digits, Docker's SandboxID
 * @param namespacePath a file that stands for the network namespace (setns(2) takes it opened);
 *     empty for the host's
 * @param namespaceName the name under /run/netns; empty text without one
 * @param bindings the published ports, those for IPv6 included
 * @param environment variables that links add to the container's environment
 */
public record Sandbox(
    String id,
    String containerId,
    String containerName,
    NetworkMode mode,
    Optional<Path> namespacePath,
    String namespaceName,
    List<Endpoint> endpoints,
    List<PortBinding> bindings,
    List<String> environment) {
  public Sandbox {
    endpoints = List.copyOf(endpoints);
    bindings = List.copyOf(bindings);
    environment = List.copyOf(environment);
  }

  /** The same sandbox on other networks or with other ports. */
  Sandbox with(List<Endpoint> changedEndpoints, List<PortBinding> changedBindings) {
    return new Sandbox(
        id,
        containerId,
        containerName,
        mode,
        namespacePath,
        namespaceName,
        changedEndpoints,
        changedBindings,
        environment);
  }

  /** The same sandbox of a container with another name. */
  Sandbox named(String name) {
    return new Sandbox(
        id,
        containerId,
        name,
        mode,
        namespacePath,
        namespaceName,
        endpoints,
        bindings,
        environment);
  }

  /** The endpoint that holds the IPv6 default route. */
  public Optional<Endpoint> outside6() {
    return endpoints.stream().filter(e -> e.isOutside(Family.IPV6)).findFirst();
  }

  /** The endpoint that holds the default route and the published ports. */
  public Optional<Endpoint> outside() {
    return endpoints.stream().filter(Endpoint::defaultRoute).findFirst();
  }
}
