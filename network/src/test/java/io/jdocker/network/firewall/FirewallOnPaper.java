package io.jdocker.network.firewall;

import java.util.List;

/** A firewall whose rules only stand in memory, for tests of those that use one. */
public final class FirewallOnPaper {
  private final FakeIptables kernel = new FakeIptables();
  private final Firewall firewall = Firewall.of("jdocker0", true, kernel);

  /** With that for IPv6, which nothing here touches. */
  public Firewalls firewalls() {
    return new Firewalls(firewall, firewall);
  }

  public Firewall firewall() {
    return firewall;
  }

  /** The rules with that word in them, in any table, without their chains. */
  public List<String> rulesWith(String word) {
    return kernel
        .save()
        .lines()
        .filter(l -> l.startsWith("-A ") && l.contains(word))
        .map(l -> l.split(" ", 3)[2])
        .toList();
  }

  /** Rules with that text are refused from now on. */
  public void refuse(String text) {
    kernel.refuse(text);
  }
}
