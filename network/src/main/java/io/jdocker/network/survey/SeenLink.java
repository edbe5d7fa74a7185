package io.jdocker.network.survey;

import io.jdocker.linux.netlink.LinkDetail;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.util.List;
import java.util.Optional;

/**
 * A link as it was found.
 *
 * @param addresses as {@code 172.17.0.2/16}; IPv6 ones too, but for those of the link itself
 * @param owner who made it
 */
public record SeenLink(LinkDetail detail, List<String> addresses, Owner owner) {
  public SeenLink {
    addresses = List.copyOf(addresses);
  }

  public String name() {
    return detail.info().name();
  }

  public int index() {
    return detail.info().index();
  }

  /** {@code bridge}, {@code veth}, ...; empty for hardware and loopback. */
  public String kind() {
    return detail.info().kind();
  }

  /** Index of the bridge it is a port of; 0 without. */
  public int master() {
    return detail.info().master();
  }

  public boolean isLoopback() {
    return name().equals("lo");
  }

  public boolean isBridge() {
    return kind().equals("bridge");
  }

  /** True for a link that stands upon another one. */
  public boolean isStacked() {
    return kind().equals("macvlan") || kind().equals("ipvlan") || kind().equals("vlan");
  }

  /** Its IPv4 addresses. */
  public List<Cidr> ipv4() {
    return addresses.stream().map(Cidr::parse).flatMap(Optional::stream).toList();
  }

  public boolean has(Ipv4 address) {
    return ipv4().stream().anyMatch(c -> c.address().equals(address));
  }
}
