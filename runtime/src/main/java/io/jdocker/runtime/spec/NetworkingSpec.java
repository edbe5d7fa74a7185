package io.jdocker.runtime.spec;

import java.util.List;
import java.util.Map;

/**
 * How a container is connected.
 *
 * @param mode {@code default}, {@code bridge}, {@code host}, {@code none}, {@code container:ID},
 *     {@code ns:PATH} or a network's name
 * @param endpoints settings of the endpoint on a network, by the network's name or id
 * @param ports what is published (-p)
 * @param publishAll every exposed port is published on a free one (-P)
 * @param links {@code container:alias}
 * @param extraHosts {@code name:address} for /etc/hosts
 */
public record NetworkingSpec(
    String mode,
    Map<String, EndpointRequest> endpoints,
    List<PublishedPort> ports,
    boolean publishAll,
    List<String> links,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions,
    List<String> extraHosts,
    String macAddress) {
  public NetworkingSpec {
    endpoints = Map.copyOf(endpoints);
    ports = List.copyOf(ports);
    links = List.copyOf(links);
    dns = List.copyOf(dns);
    dnsSearch = List.copyOf(dnsSearch);
    dnsOptions = List.copyOf(dnsOptions);
    extraHosts = List.copyOf(extraHosts);
  }

  public NetworkingSpec withEndpoints(Map<String, EndpointRequest> others) {
    return new NetworkingSpec(
        mode, others, ports, publishAll, links, dns, dnsSearch, dnsOptions, extraHosts, macAddress);
  }

  public NetworkingSpec withMode(String other) {
    return new NetworkingSpec(
        other,
        endpoints,
        ports,
        publishAll,
        links,
        dns,
        dnsSearch,
        dnsOptions,
        extraHosts,
        macAddress);
  }

  public NetworkingSpec withLinks(List<String> others) {
    return new NetworkingSpec(
        mode,
        endpoints,
        ports,
        publishAll,
        others,
        dns,
        dnsSearch,
        dnsOptions,
        extraHosts,
        macAddress);
  }

  /** The default network and nothing published. */
  public static NetworkingSpec standard(String mode) {
    return new NetworkingSpec(
        mode, Map.of(), List.of(), false, List.of(), List.of(), List.of(), List.of(), List.of(),
        "");
  }

  /**
   * Settings of one endpoint, each empty where the engine is to choose.
   *
   * @param aliases further names on that network
   * @param gatewayPriority of several networks the one with the highest has the default route
   * @param driverOptions {@code driver-opt}: how this one endpoint is to be
   */
  public record EndpointRequest(
      String ipv4Address,
      String macAddress,
      List<String> aliases,
      List<String> links,
      int gatewayPriority,
      String ipv6Address,
      Map<String, String> driverOptions) {
    /** Everything as the engine chooses. */
    public static final EndpointRequest NOTHING =
        new EndpointRequest("", "", List.of(), List.of(), 0);

    public EndpointRequest {
      aliases = List.copyOf(aliases);
      links = List.copyOf(links);
      ipv6Address = ipv6Address == null ? "" : ipv6Address; // records of earlier versions
      driverOptions = driverOptions == null ? Map.of() : Map.copyOf(driverOptions);
    }

    /** A wish about IPv4 alone. */
    public EndpointRequest(
        String ipv4Address,
        String macAddress,
        List<String> aliases,
        List<String> links,
        int gatewayPriority) {
      this(ipv4Address, macAddress, aliases, links, gatewayPriority, "", Map.of());
    }
  }

  /**
   * A published port.
   *
   * @param containerPort {@code 80/tcp}
   * @param hostIp empty for every address
   * @param hostPort a port, a range {@code 8000-8010} to choose from, or empty for a free one
   */
  public record PublishedPort(String containerPort, String hostIp, String hostPort) {}
}
