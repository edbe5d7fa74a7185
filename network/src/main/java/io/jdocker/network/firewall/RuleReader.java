package io.jdocker.network.firewall;

import io.jdocker.linux.failure.Unavailable;

/** Reads the rules of the calling thread's network namespace. Stateless. */
public final class RuleReader {
  private final Programs programs;

  /**
   * @param path folders to look for iptables-save in, as in the variable PATH
   */
  public RuleReader(String path) {
    this.programs = new Programs(path);
  }

  /** What iptables-save(8) prints; empty text where it is not installed. */
  public String save() {
    return save("iptables-save");
  }

  /**
   * What one of its variants prints: {@code iptables-legacy-save}, {@code iptables-nft-save}.
   *
   * @return empty text where that is not installed
   */
  public String save(String program) {
    try {
      return programs.run("", program);
    } catch (Unavailable notInstalled) {
      return "";
    }
  }
}
