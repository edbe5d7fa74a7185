package io.jdocker.network.doctor;

import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packets that fit one link and not the next. */
final class Mtu implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    List<Finding> findings = new ArrayList<>();
    Place host = patient.survey().host();
    Optional<SeenLink> uplink = host.defaultRoute().flatMap(r -> host.link(r.link()));
    for (SeenLink bridge : patient.bridges()) {
      uplink.filter(u -> mtu(u) < mtu(bridge)).ifPresent(u -> findings.add(narrow(bridge, u)));
      for (SeenLink port : host.ports(bridge)) {
        patient
            .survey()
            .other(new LinkEnd(host, port))
            .filter(end -> mtu(end.link()) != mtu(port))
            .ifPresent(end -> findings.add(unequal(port, end)));
      }
    }
    return findings;
  }

  private static int mtu(SeenLink link) {
    return link.detail().info().mtu();
  }

  private static Finding narrow(SeenLink bridge, SeenLink uplink) {
    return new Finding(
        "mtu-mismatch",
        "bridge "
            + bridge.name()
            + " has MTU "
            + mtu(bridge)
            + ", but the way out by "
            + uplink.name()
            + " has "
            + mtu(uplink),
        "large transfers hang where a firewall swallows ICMP \"fragmentation needed\"",
        "make the network with -o com.docker.network.driver.mtu=" + mtu(uplink));
  }

  private static Finding unequal(SeenLink port, LinkEnd end) {
    return new Finding(
        "mtu-mismatch",
        port.name()
            + " has MTU "
            + mtu(port)
            + " and its other end, "
            + end.link().name()
            + " of "
            + end.place().title()
            + ", has "
            + mtu(end.link()),
        "large packets vanish in one direction, without a word",
        "give both ends the same: ip link set dev " + port.name() + " mtu " + mtu(end.link()));
  }
}
