package io.jdocker.network.doctor;

import java.util.List;
import java.util.Optional;

/** The table of connections is full, or nearly. */
final class ConntrackFull implements Check {
  private static final int NEARLY = 90;
  private static final int ALL = 100;

  @Override
  public List<Finding> look(Patient patient) {
    Optional<String> count = patient.setting("net.netfilter.nf_conntrack_count");
    Optional<String> most = patient.setting("net.netfilter.nf_conntrack_max");
    if (count.isEmpty() || most.isEmpty()) {
      return List.of();
    }
    return judge(Long.parseLong(count.get()), Long.parseLong(most.get()));
  }

  /**
   * Judges two numbers.
   *
   * @param most 0 for a table without a limit
   */
  static List<Finding> judge(long count, long most) {
    if (most == 0 || count * ALL < most * NEARLY) {
      return List.of();
    }
    return List.of(
        new Finding(
            "conntrack-full",
            "the kernel remembers " + count + " connections of " + most + " at most",
            "new connections are dropped at random (nf_conntrack: table full, dropping packet)",
            "sysctl -w net.netfilter.nf_conntrack_max=" + Math.multiplyExact(most, 2)));
  }
}
