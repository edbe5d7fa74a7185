package io.jdocker.network.firewall;

/**
 * A rule of a chain.
 *
 * @param text matches and target as iptables(8) takes them: {@code -o br0 -j ACCEPT}
 */
public record Rule(Chain chain, String text) {
  /**
   * The command a person would type to append it.
   *
   * @param program {@code iptables} or {@code ip6tables}
   */
  public String shell(String program) {
    return program + " -t " + chain.table() + " -A " + chain.name() + " " + text;
  }
}
