package io.jdocker.network;

import io.jdocker.linux.Fd;
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
 * @param namespace a fresh network namespace that the container's own is to be, as one of its user
 *     namespace must be; empty: the networks make one
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
    Optional<NamesSpec> names,
    Optional<Fd> namespace) {
  public SandboxRequest {
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
    exposed = Set.copyOf(exposed);
    links = List.copyOf(links);
  }

  /** In a namespace that the networks make. */
  public SandboxRequest(
      String containerId,
      String containerName,
      NetworkMode mode,
      List<EndpointSpec> endpoints,
      List<PortMapping> ports,
      boolean publishAll,
      Set<Port> exposed,
      List<Link> links,
      Optional<NamesSpec> names) {
    this(
        containerId,
        containerName,
        mode,
        endpoints,
        ports,
        publishAll,
        exposed,
        links,
        names,
        Optional.empty());
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
        containerId,
        containerName,
        mode,
        endpoints,
        mappings,
        publishAll,
        exposed,
        links,
        names,
        namespace);
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
        Optional.of(spec),
        namespace);
  }

  /** In a namespace that somebody else has made. */
  public SandboxRequest withNamespace(Fd fresh) {
    return new SandboxRequest(
        containerId,
        containerName,
        mode,
        endpoints,
        ports,
        publishAll,
        exposed,
        links,
        names,
        Optional.of(fresh));
  }
}
