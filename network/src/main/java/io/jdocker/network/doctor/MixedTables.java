package io.jdocker.network.doctor;

import java.util.List;

/** Rules by both variants of iptables: each hides its own from the other. */
final class MixedTables implements Check {
  @Override
  public List<Finding> look(Patient patient) {
    long legacy = rules(patient.saved("iptables-legacy-save"));
    long nft = rules(patient.saved("iptables-nft-save"));
    if (legacy == 0 || nft == 0) {
      return List.of();
    }
    return List.of(
        new Finding(
            "iptables-mixed",
            legacy + " rules were set by iptables-legacy and " + nft + " by iptables-nft",
            "a packet must pass both, and iptables shows only one half of the rules",
            "see both by iptables-legacy-save and iptables-nft-save, and choose one variant by"
                + " update-alternatives --config iptables"));
  }

  private static long rules(String saved) {
    return saved.lines().filter(l -> l.startsWith("-A ")).count();
  }
}
