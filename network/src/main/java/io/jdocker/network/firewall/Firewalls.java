package io.jdocker.network.firewall;

import io.jdocker.linux.Sysctl;
import io.jdocker.network.Family;

/**
 * An engine's rules for both protocols. Those for IPv6 touch nothing before the first network with
 * IPv6.
 */
public record Firewalls(Firewall four, Firewall six) implements AutoCloseable {
  /**
   * Firewalls that touch nothing until their first change.
   *
   * @param bridge the default bridge, by which two engines in one network namespace differ
   * @param path folders to look for programs in, as in the variable PATH
   */
  public static Firewalls of(String bridge, String path) {
    return new Firewalls(
        Firewall.of(bridge, bridgedTrafficIsSeen(), path), Firewall.ofIpv6(bridge, path));
  }

  /** Whether iptables sees what one port of a bridge sends to another. */
  private static boolean bridgedTrafficIsSeen() {
    String setting = "net.bridge.bridge-nf-call-iptables";
    return Sysctl.exists(setting) && Sysctl.read(setting).equals("1");
  }

  /** The rules for one protocol. */
  public Firewall of(Family family) {
    return family == Family.IPV4 ? four : six;
  }

  /** Sets everything anew where anything was set. */
  public void reload() {
    four.reload();
    if (six.isFounded()) {
      six.reload();
    }
  }

  /** Removes every rule and chain of ours; those for IPv6 where this engine has made some. */
  public void removeAll() {
    four.removeAll();
    if (six.isFounded()) {
      six.removeAll();
    }
  }

  /** How often the kernel was handed a change. */
  public long transactions() {
    return four.transactions() + six.transactions();
  }

  public boolean isFounded() {
    return four.isFounded() || six.isFounded();
  }

  /** Ends the resident processes; the rules stay. */
  @Override
  public void close() {
    four.close();
    six.close();
  }
}
