package io.jdocker.daemon.networks;

import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.network.Cidr;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Ip;
import io.jdocker.network.Ipam6Config;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkMember;
import io.jdocker.network.overlay.Cluster;
import io.jdocker.network.overlay.SharedEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code docker network inspect}. */
record NetworkDocument(
    String name,
    String id,
    Instant created,
    String scope,
    String driver,
    @Key("EnableIPv4") boolean enableIpv4,
    @Key("EnableIPv6") boolean enableIpv6,
    @Key("IPAM") IpamDocument ipam,
    boolean internal,
    boolean attachable,
    boolean ingress,
    ConfigFromDocument configFrom,
    boolean configOnly,
    Map<String, MemberDocument> containers,
    Map<String, String> options,
    Map<String, String> labels,
    @OmitEmpty List<PeerDocument> peers,
    @OmitEmpty List<String> warnings) {

  /** What Docker's ids of endpoints on other hosts begin with. */
  private static final String REMOTE = "ep-";

  /** Another host of the network. */
  record PeerDocument(String name, @Key("IP") String address) {}

  record IpamDocument(
      String driver, Optional<Map<String, String>> options, List<PoolDocument> config) {}

  record PoolDocument(
      @OmitEmpty String subnet,
      @Key("IPRange") @OmitEmpty String ipRange,
      @OmitEmpty String gateway,
      @OmitEmpty Map<String, String> auxiliaryAddresses) {}

  record ConfigFromDocument(String network) {}

  record MemberDocument(
      String name,
      @Key("EndpointID") String endpointId,
      String macAddress,
      @Key("IPv4Address") String ipv4Address,
      @Key("IPv6Address") String ipv6Address) {}

  /** A network with the containers on it; the list of networks has none. */
  static NetworkDocument of(Network network, List<NetworkMember> members) {
    return of(network, members, Optional.empty());
  }

  /**
   * A network with the containers on it, those of other hosts among them.
   *
   * @param cluster empty where there are no other hosts
   */
  static NetworkDocument of(
      Network network, List<NetworkMember> members, Optional<Cluster> cluster) {
    Map<String, MemberDocument> containers = new TreeMap<>();
    members.forEach(member -> containers.put(member.containerId(), member(member)));
    boolean overlay = Cluster.isShared(network) || Cluster.isFlannel(network);
    Optional<Cluster> hosts = cluster.filter(c -> overlay);
    hosts.ifPresent(
        c ->
            c.remote(network)
                .forEach(r -> containers.put(REMOTE + r.endpoint(), member(network, r))));
    return new NetworkDocument(
        network.name(),
        network.id(),
        network.created(),
        scope(network),
        network.driver(),
        true,
        network.ipam6().isPresent(),
        new IpamDocument("default", Optional.empty(), pools(network)),
        network.internal(),
        network.attachable(),
        false,
        new ConfigFromDocument(""),
        false,
        containers,
        network.options(),
        network.labels(),
        hosts.map(c -> peers(c, network)).orElse(List.of()),
        hosts.map(Cluster::warnings).orElse(List.of()));
  }

  /** Docker's word for how far a network reaches. */
  static String scope(Network network) {
    return Cluster.isShared(network) ? "global" : "local";
  }

  private static List<PeerDocument> peers(Cluster cluster, Network network) {
    return cluster.peers(network).stream()
        .map(p -> new PeerDocument(p.name(), p.address().toString()))
        .toList();
  }

  /** A container of another host, as Docker lists it there: by its endpoint. */
  private static MemberDocument member(Network network, SharedEndpoint remote) {
    int prefix = network.ipam().map(i -> i.subnet().prefix()).orElse(32);
    return new MemberDocument(
        remote.names().isEmpty() ? REMOTE + remote.endpoint() : remote.names().get(0),
        remote.endpoint(),
        remote.mac().map(MacAddress::toString).orElse(""),
        new Cidr(remote.address(), prefix).toString(),
        "");
  }

  private static List<PoolDocument> pools(Network network) {
    return Stream.concat(
            network.ipam().map(NetworkDocument::pool).stream(),
            network.ipam6().map(NetworkDocument::pool).stream())
        .toList();
  }

  private static PoolDocument pool(Ipam6Config ipam) {
    return new PoolDocument(
        ipam.subnet().toString(),
        ipam.range().map(Cidr6::toString).orElse(""),
        ipam.gateway().toString(),
        reserved(ipam.reserved()));
  }

  private static PoolDocument pool(IpamConfig ipam) {
    return new PoolDocument(
        ipam.subnet().toString(),
        ipam.range().map(Cidr::toString).orElse(""),
        ipam.gateway().toString(),
        reserved(ipam.reserved()));
  }

  private static Map<String, String> reserved(Map<String, ? extends Ip> addresses) {
    Map<String, String> reserved = new TreeMap<>();
    addresses.forEach((name, address) -> reserved.put(name, address.toString()));
    return reserved;
  }

  private static MemberDocument member(NetworkMember member) {
    Endpoint endpoint = member.endpoint();
    return new MemberDocument(
        member.containerName(),
        endpoint.id(),
        endpoint.mac().map(MacAddress::toString).orElse(""),
        endpoint.address().map(Cidr::toString).orElse(""),
        endpoint.ipv6().map(six -> six.address().toString()).orElse(""));
  }
}
