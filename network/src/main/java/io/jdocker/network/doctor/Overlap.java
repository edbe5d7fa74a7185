package io.jdocker.network.doctor;

import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A route of the host, such as that of a VPN, covers addresses of a network. */
final class Overlap implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    List<Finding> findings = new ArrayList<>();
    Place host = patient.survey().host();
    for (SeenLink bridge : patient.bridges()) {
      Optional<Cidr> subnet =
          patient.network(bridge).flatMap(n -> n.ipam()).map(IpamConfig::subnet);
      for (Route route : host.routes()) {
        boolean elsewhere = route.link() != bridge.index();
        Optional<Cidr> there =
            destination(route).filter(d -> subnet.filter(d::overlaps).isPresent());
        if (elsewhere && there.isPresent()) {
          findings.add(overlap(patient, bridge, subnet.orElseThrow(), there.get(), host, route));
        }
      }
    }
    return findings;
  }

  private static Optional<Cidr> destination(Route route) {
    return route
        .destination()
        .filter(d -> d instanceof Inet4Address && route.prefix() > 0)
        .map(d -> new Cidr(Ipv4.of((Inet4Address) d), route.prefix()));
  }

  private static Finding overlap(
      Patient patient, SeenLink bridge, Cidr subnet, Cidr there, Place host, Route route) {
    String link = host.link(route.link()).map(SeenLink::name).orElse("another link");
    return new Finding(
        "subnet-overlap",
        "network "
            + patient.network(bridge).orElseThrow().name()
            + " has "
            + subnet
            + ", and a route of the host leads "
            + there
            + " to "
            + link,
        there.prefix() >= subnet.prefix()
            ? "answers to containers with those addresses leave by " + link
            : "what is at those addresses behind " + link + " cannot be reached",
        "make the network again with another --subnet (the default one: the daemon's --bip), or"
            + " take the route away");
  }
}
