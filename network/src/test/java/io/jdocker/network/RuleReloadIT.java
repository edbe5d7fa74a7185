package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code network reload}, after somebody has been at the firewall. */
class RuleReloadIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String GET = "curl -s -m 30 http://" + HostNamespaces.HOST + ":8080/";
  private static final String FLUSH =
      "for t in filter nat raw; do iptables -t $t -F; iptables -t $t -X; done";

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root, options());
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 80);
  }

  private NetworkOptions options() {
    return NetworkOptions.of(root).withSpareNamespaces(1);
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** A bridge network with options. */
  static NetworkSpec with(NetworkSpec plain, Map<String, String> options) {
    return new NetworkSpec(
        plain.name(),
        plain.driver(),
        plain.subnet(),
        plain.range(),
        plain.gateway(),
        plain.reserved(),
        plain.internal(),
        plain.attachable(),
        plain.ipv6(),
        options,
        plain.labels());
  }

  private void reload() {
    host.with(
        n -> {
          n.reload();
          return true;
        });
  }

  /** All rules, without counters and remarks. */
  private String saved() {
    return host.machines().shell("iptables-save | sed -e '/^#/d' -e 's/ \\[.*//'").output();
  }

  private String foreign() {
    return saved().lines().filter(l -> l.contains("192.0.2.")).reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void everyRuleComesBackAndTwiceIsTheSameAsOnce() {
    host.with(n -> n.create(NetworkSpec.bridge("idle")));
    String before = saved();
    host.machines().shell(FLUSH);
    reload();
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());
    String once = saved();
    assertEquals(sorted(before), sorted(once));
    reload();
    assertEquals(once, saved());
    reload();
    assertEquals(once, saved());
  }

  private static String sorted(String rules) {
    return rules.lines().sorted().reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void rulesOfOthersStayByteForByteAndTheUsersChainIsNotTouched() {
    host.machines()
        .shell(
            "iptables -A FORWARD -s 192.0.2.7/32 -m comment --comment \"x y\" -j ACCEPT;"
                + " iptables -t nat -I PREROUTING -d 192.0.2.8/32 -j DNAT --to 192.0.2.9;"
                + " iptables -A JDOCKER-USER -s 192.0.2.10/32 -j DROP");
    String foreign = foreign();
    String all = saved();
    assertEquals(3, foreign.lines().count());
    reload();
    assertEquals(all, saved());
    host.machines().shell("iptables -t nat -F JDOCKER; iptables -t raw -F");
    reload();
    assertEquals(foreign, foreign());
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());
    host.machines()
        .shell(
            "iptables -D FORWARD -s 192.0.2.7/32 -m comment --comment \"x y\" -j ACCEPT;"
                + " iptables -t nat -D PREROUTING -d 192.0.2.8/32 -j DNAT --to 192.0.2.9;"
                + " iptables -F JDOCKER-USER");
  }

  @Test
  void anEngineThatWasRestartedKnowsTheRulesOfItsIdleNetworksToo() {
    host.with(n -> n.create(NetworkSpec.bridge("idle")));
    String before = sorted(saved());
    host.stop();
    host.machines().shell(FLUSH);
    host.start(options(), Set.of(TestHost.id(1)));
    reload();
    assertEquals(before, sorted(saved()));
  }

  @Test
  void forwardingIsSwitchedOnAgainAndAnEngineWithoutNetworksDoesNothing() {
    host.machines().hostSetting("net/ipv4/ip_forward", "0");
    reload();
    assertEquals("1", host.machines().shell("cat /proc/sys/net/ipv4/ip_forward").output());
    host.detach(TestHost.id(1));
    host.stop();
    host.start(options(), Set.of());
    host.machines().shell(FLUSH);
    reload();
    assertTrue(saved().lines().noneMatch(l -> l.startsWith("-A ")), saved());
  }
}
