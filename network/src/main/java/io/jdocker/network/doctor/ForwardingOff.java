package io.jdocker.network.doctor;

import java.util.List;

/** The host forwards nothing: neither out of containers nor into them. */
final class ForwardingOff implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    if (patient.bridges().isEmpty() || patient.isOn("net.ipv4.ip_forward")) {
      return List.of();
    }
    return List.of(
        new Finding(
            "ip-forward-off",
            "net.ipv4.ip_forward is 0: somebody has switched forwarding off",
            "containers reach nothing outside, and published ports do not answer from outside",
            "sysctl -w net.ipv4.ip_forward=1 (jdocker network reload does it too), and look for"
                + " the setting in /etc/sysctl.conf and /etc/sysctl.d"));
  }
}
