package io.jdocker.network.doctor;

import io.jdocker.network.Ipv4;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.rules.Packet;
import io.jdocker.network.rules.Passed;
import io.jdocker.network.rules.TableWalk;
import io.jdocker.network.survey.SeenLink;
import java.util.ArrayList;
import java.util.List;

/**
 * bridge-nf-call-iptables decides whether frames between two ports of a bridge meet the rules of
 * FORWARD: with 1 a bridge made by hand is cut off by a policy of DROP, with 0 containers are not
 * kept apart where a network wants that.
 */
final class BridgedTraffic implements Check {
  private static final String SETTING = "net.bridge.bridge-nf-call-iptables";

  @Override
  public List<Finding> look(Patient patient) {
    List<Finding> findings = new ArrayList<>();
    boolean seen = patient.isOn(SETTING);
    for (SeenLink bridge : patient.foreignBridges()) {
      if (seen && isDropped(patient, bridge.name())) {
        findings.add(
            new Finding(
                "bridge-nf-drop",
                SETTING
                    + " is 1 and chain FORWARD drops what one port of bridge "
                    + bridge.name()
                    + " sends to another",
                "whatever is on that bridge does not reach each other, though it is one switch",
                "iptables -I JDOCKER-USER -i "
                    + bridge.name()
                    + " -o "
                    + bridge.name()
                    + " -j ACCEPT, or sysctl -w "
                    + SETTING
                    + "=0"));
      }
    }
    for (SeenLink bridge : patient.bridges()) {
      boolean apart =
          patient.network(bridge).filter(n -> !BridgeOptions.of(n).communication()).isPresent();
      if (!seen && apart) {
        findings.add(
            new Finding(
                "bridge-nf-off",
                SETTING
                    + " is not 1, and network "
                    + patient.network(bridge).orElseThrow().name()
                    + " is to keep its containers apart",
                "they do reach each other: frames between ports of a bridge meet no rule",
                "sysctl -w " + SETTING + "=1"));
      }
    }
    return findings;
  }

  private static boolean isDropped(Patient patient, String bridge) {
    Packet packet =
        Packet.first(new Ipv4(0), 0, new Ipv4(0), 0, "icmp").at(bridge, bridge, "in", "out");
    Passed passed =
        new TableWalk(patient.rules(), a -> "UNICAST", p -> new Ipv4(0), packet)
            .from("filter", "FORWARD");
    return passed.stopped().isPresent() && passed.doubts().isEmpty();
  }
}
