package io.jdocker.network.doctor;

import io.jdocker.network.rules.RuleTables;
import io.jdocker.network.rules.Target;
import java.util.List;

/** FORWARD drops what no rule accepts, and nothing leads to the engine's rules. */
final class ForwardingPolicy implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    RuleTables.Chain forward = patient.rules().chain("filter", "FORWARD");
    boolean ours =
        forward.rules().stream()
            .map(r -> r.target())
            .anyMatch(
                t ->
                    t instanceof Target.Jump j
                        && j.chain().endsWith("-FORWARD")
                        && j.chain().startsWith("JDOCKER"));
    if (patient.bridges().isEmpty() || ours || !forward.policy().equals("DROP")) {
      return List.of();
    }
    return List.of(
        new Finding(
            "forward-drop",
            "the policy of chain FORWARD is DROP and it does not lead to the engine's rules",
            "whatever goes from or to a container is dropped",
            "jdocker network reload"));
  }
}
