package io.jdocker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container's place on a network.
 *
 * @param id 64 hexadecimal digits
 * @param link name of the link inside the container, {@code eth0}; empty text on host and none
 * @param hostLink name of the other end on the host, {@code veth1a2b3c4}; empty text without one
 * @param address address with the subnet's prefix length; empty on host and none
 * @param ipv6 empty on networks without IPv6
 * @param gateway the default route's next hop; empty without one
 * @param defaultRoute true where the container's default route and its published ports are here
 * @param bandwidth how fast it may be there
 * @param fixedAddress true where the user chose the address
 */
public record Endpoint(
    String id,
    String networkId,
    String networkName,
    String link,
    String hostLink,
    Optional<Cidr> address,
    Optional<EndpointIpv6> ipv6,
    Optional<Ipv4> gateway,
    Optional<MacAddress> mac,
    boolean defaultRoute,
    boolean fixedAddress,
    List<String> aliases,
    Bandwidth bandwidth) {
  public Endpoint {
    bandwidth = bandwidth == null ? Bandwidth.UNLIMITED : bandwidth;
    ipv6 = ipv6 == null ? Optional.empty() : ipv6; // files of earlier versions
    aliases = List.copyOf(aliases);
  }

  /** An endpoint without IPv6. */
  public Endpoint(
      String id,
      String networkId,
      String networkName,
      String link,
      String hostLink,
      Optional<Cidr> address,
      Optional<Ipv4> gateway,
      Optional<MacAddress> mac,
      boolean defaultRoute,
      boolean fixedAddress,
      List<String> aliases) {
    this(
        id,
        networkId,
        networkName,
        link,
        hostLink,
        address,
        Optional.empty(),
        gateway,
        mac,
        defaultRoute,
        fixedAddress,
        aliases,
        Bandwidth.UNLIMITED);
  }

  /** Its addresses: that of IPv4 first. */
  public List<Ip> addresses() {
    List<Ip> addresses = new ArrayList<>(2);
    address.ifPresent(a -> addresses.add(a.address()));
    ipv6.ifPresent(six -> addresses.add(six.address().address()));
    return List.copyOf(addresses);
  }

  /** True where the container's default route for that protocol is here. */
  public boolean isOutside(Family family) {
    return family == Family.IPV4
        ? defaultRoute
        : ipv6.filter(EndpointIpv6::defaultRoute).isPresent();
  }

  /** The same endpoint as the holder of the IPv6 default route, or not. */
  public Endpoint withDefaultRoute6(boolean holder) {
    return new Endpoint(
        id,
        networkId,
        networkName,
        link,
        hostLink,
        address,
        ipv6.map(six -> six.withDefaultRoute(holder)),
        gateway,
        mac,
        defaultRoute,
        fixedAddress,
        aliases,
        bandwidth);
  }

  /** The same endpoint as the holder of the default route, or not. */
  public Endpoint withDefaultRoute(boolean holder) {
    return new Endpoint(
        id,
        networkId,
        networkName,
        link,
        hostLink,
        address,
        ipv6,
        gateway,
        mac,
        holder,
        fixedAddress,
        aliases,
        bandwidth);
  }
}
