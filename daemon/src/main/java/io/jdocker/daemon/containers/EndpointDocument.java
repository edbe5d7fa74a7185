package io.jdocker.daemon.containers;

import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container's endpoint on a network: settings at creation, facts when shown. */
public record EndpointDocument(
    @Key("IPAMConfig") Optional<AddressDocument> ipamConfig,
    Optional<List<String>> links,
    Optional<List<String>> aliases,
    String macAddress,
    Optional<Map<String, String>> driverOpts,
    int gwPriority,
    @Key("NetworkID") String networkId,
    @Key("EndpointID") String endpointId,
    String gateway,
    @Key("IPAddress") String ipAddress,
    @Key("IPPrefixLen") int ipPrefixLen,
    @Key("IPv6Gateway") String ipv6Gateway,
    @Key("GlobalIPv6Address") String globalIpv6Address,
    @Key("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
    @Key("DNSNames") Optional<List<String>> dnsNames) {

  /** Addresses that the user chose. */
  public record AddressDocument(
      @OmitEmpty @Key("IPv4Address") String ipv4Address,
      @OmitEmpty @Key("IPv6Address") String ipv6Address,
      @OmitEmpty @Key("LinkLocalIPs") List<String> linkLocalIps) {}
}
