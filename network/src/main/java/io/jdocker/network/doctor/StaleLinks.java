package io.jdocker.network.doctor;

import io.jdocker.network.survey.SeenLink;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Ports of the engine's bridges that look like its own and belong to no container. */
final class StaleLinks implements Check {
  private static final Pattern OWN = Pattern.compile("veth[0-9a-f]{7}");

  @Override
  public List<Finding> look(Patient patient) {
    List<Finding> findings = new ArrayList<>();
    for (SeenLink bridge : patient.bridges()) {
      for (SeenLink port : patient.survey().host().ports(bridge)) {
        if (port.owner().isForeign() && OWN.matcher(port.name()).matches()) {
          findings.add(
              new Finding(
                  "veth-stale",
                  "link " + port.name() + " is a port of " + bridge.name() + " without a container",
                  "it keeps an index and, where its other end is up, an address that is given out"
                      + " again",
                  "ip link del " + port.name()));
        }
      }
    }
    return findings;
  }
}
