package io.jdocker.network.doctor;

import java.util.List;

/** All checks, in the order in which one would look by hand. Stateless. */
public final class Doctor {
  private static final List<Check> CHECKS =
      List.of(
          new ForwardingOff(),
          new MissingRules(),
          new ForwardingPolicy(),
          new BridgedTraffic(),
          new StaleRules(),
          new LostLinks(),
          new StaleLinks(),
          new MixedTables(),
          new Mtu(),
          new Overlap(),
          new PortTaken(),
          new NameLoop(),
          new ConntrackFull());

  /** Every fault that is found. */
  public List<Finding> examine(Patient patient) {
    return CHECKS.stream().flatMap(check -> check.look(patient).stream()).toList();
  }
}
