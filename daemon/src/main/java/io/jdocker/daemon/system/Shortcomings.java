package io.jdocker.daemon.system;

import io.jdocker.daemon.system.InfoDocument.Abilities;
import java.util.ArrayList;
import java.util.List;

/** What the machine lacks, as the warnings at the end of {@code docker info}, in its words. */
final class Shortcomings {
  private Shortcomings() {}

  static List<String> of(Abilities abilities) {
    List<String> warnings = new ArrayList<>();
    add(warnings, abilities.memoryLimit(), "No memory limit support");
    add(warnings, abilities.swapLimit(), "No swap limit support");
    add(warnings, abilities.cpuCfsQuota(), "No cpu cfs quota support");
    add(warnings, abilities.cpuCfsPeriod(), "No cpu cfs period support");
    add(warnings, abilities.cpuShares(), "No cpu shares support");
    add(warnings, abilities.cpuSet(), "No cpuset support");
    add(warnings, abilities.ipv4Forwarding(), "IPv4 forwarding is disabled");
    add(warnings, abilities.bridgeNfIptables(), "bridge-nf-call-iptables is disabled");
    add(warnings, abilities.bridgeNfIp6tables(), "bridge-nf-call-ip6tables is disabled");
    return warnings;
  }

  private static void add(List<String> warnings, boolean isThere, String text) {
    if (!isThere) {
      warnings.add("WARNING: " + text);
    }
  }
}
