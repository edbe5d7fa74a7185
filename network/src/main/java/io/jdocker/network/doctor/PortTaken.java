package io.jdocker.network.doctor;

import io.jdocker.network.survey.SocketOwners;
import io.jdocker.network.survey.SocketOwners.Listener;
import java.util.ArrayList;
import java.util.List;

/** A port that the user wants to publish is another program's. */
final class PortTaken implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    List<Finding> findings = new ArrayList<>();
    if (patient.ports().isEmpty()) {
      return findings;
    }
    for (Listener listener : SocketOwners.listeners()) {
      if (patient.ports().contains(listener.port())) {
        findings.add(
            new Finding(
                "port-taken",
                "port "
                    + listener.port()
                    + "/"
                    + listener.protocol()
                    + " belongs to "
                    + listener.owner(),
                "a container that is to publish it does not start: address already in use",
                "stop that program, or publish another port: -p OTHER:PORT"));
      }
    }
    return findings;
  }
}
