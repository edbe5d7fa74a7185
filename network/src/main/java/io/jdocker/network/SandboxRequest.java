package io.jdocker.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container's wishes for its network.
 *
 * @param containerId 64 hexadecimal digits
 * @param containerName without the leading slash
 * @param endpoints how it wants to be on its networks, in the order of eth0, eth1, ...; where the
 *     mode's own network is missing it is added in front
 * @param ports {@code -p}; ignored in modes host and none, refused with a joined namespace
 * @param publishAll {@code -P}: publish every exposed port on a free one
 * @param exposed the exposed ports of image and command line
 * @param names the name files; empty where the container shares another's or the host's
 */
public record SandboxRequest(
    String containerId,
    String containerName,
    NetworkMode mode,
    List<EndpointSpec> endpoints,
    List<PortMapping> ports,
    boolean publishAll,
    Set<Port> exposed,
    List<Link> links,
    Optional<NamesSpec> names) {
  public SandboxRequest {
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
    exposed = Set.copyOf(exposed);
    links = List.copyOf(links);
  }

  /** A container of the given mode with nothing special about it. */
  public static SandboxRequest of(String containerId, String containerName, NetworkMode mode) {
    return new SandboxRequest(
        containerId,
        containerName,
        mode,
        List.of(),
        List.of(),
        false,
        Set.of(),
        List.of(),
        Optional.empty());
  }

  public SandboxRequest withPorts(List<PortMapping> mappings) {
    return new SandboxRequest(
        containerId, containerName, mode, endpoints, mappings, publishAll, exposed, links, names);
  }

  public SandboxRequest withNames(NamesSpec spec) {
    return new SandboxRequest(
        containerId,
        containerName,
        mode,
        endpoints,
        ports,
        publishAll,
        exposed,
        links,
        Optional.of(spec));
  }
}
