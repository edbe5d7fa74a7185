package io.jdocker.network.doctor;

import io.jdocker.network.Endpoint;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container whose link or namespace somebody removed under it. */
final class LostLinks implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    List<Finding> findings = new ArrayList<>();
    for (Sandbox sandbox : patient.survey().sandboxes()) {
      Optional<Place> place =
          patient.survey().places().stream()
              .filter(p -> p.sandboxes().contains(sandbox))
              .findFirst();
      for (Endpoint endpoint : sandbox.endpoints()) {
        boolean wanted = !endpoint.link().isEmpty();
        if (wanted && place.flatMap(p -> p.link(endpoint.link())).isEmpty()) {
          findings.add(lost(sandbox, endpoint));
        }
      }
    }
    return findings;
  }

  private static Finding lost(Sandbox sandbox, Endpoint endpoint) {
    return new Finding(
        "link-lost",
        "container "
            + sandbox.containerName()
            + " has no "
            + endpoint.link()
            + " any more: somebody removed its link, its bridge or its namespace",
        "it is cut off from network " + endpoint.networkName(),
        "jdocker restart " + sandbox.containerName());
  }
}
