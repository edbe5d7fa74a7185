package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our rules among other people's. */
class FirewallIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String GET = "curl -s -m 3 http://" + HostNamespaces.HOST + ":8080/";

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private String saved(String pattern) {
    return host.machines().shell("iptables-save | grep -e " + pattern).output();
  }

  @Test
  @DisplayName("network.md 2.6 number 1: the user chain comes first, foreign rules stay")
  void foreignRulesStayAndAUsersRuleComesFirst() {
    host.machines()
        .shell(
            "iptables -P FORWARD DROP; iptables -A FORWARD -s 192.0.2.7 -j ACCEPT;"
                + " iptables -t nat -A POSTROUTING -s 192.0.2.0/24 -j MASQUERADE");
    String foreign = saved("192.0.2");
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 80);
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());

    host.machines().shell("iptables -A JDOCKER-USER -s " + HostNamespaces.REMOTE + " -j DROP");
    assertTrue(host.machines().remoteShell(GET).status() != 0);
    host.machines().shell("iptables -F JDOCKER-USER");
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());

    host.detach(TestHost.id(1));
    assertEquals(foreign, saved("192.0.2"));
    host.machines()
        .shell(
            "iptables -P FORWARD ACCEPT; iptables -D FORWARD -s 192.0.2.7 -j ACCEPT;"
                + " iptables -t nat -D POSTROUTING -s 192.0.2.0/24 -j MASQUERADE");
  }

  @Test
  @DisplayName("network.md 2.6 number 3: flushed rules come back")
  void flushedRulesComeBackWithTheNextChange() {
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 80);
    host.machines().shell("for t in filter nat raw; do iptables -t $t -F; iptables -t $t -X; done");
    assertTrue(host.machines().remoteShell(GET).status() != 0);
    host.attachBridge(2, PortMapping.of(8081, Port.tcp(80)));
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());
    host.machines().shell("iptables -t nat -F; iptables -t nat -X");
    host.detach(TestHost.id(2));
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());
  }

  @Test
  @DisplayName("network.md row 18: ip_forward is set, and the host forwards for nobody else")
  void aHostThatDidNotForwardDoesNotBecomeARouter() {
    host.machines().hostSetting("net/ipv4/ip_forward", "0");
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 80);
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());
    assertTrue(saved(":FORWARD").startsWith(":FORWARD DROP"));
    host.machines().shell("iptables -P FORWARD ACCEPT");
  }

  @Test
  void twoEnginesShareAHost() {
    Path other = root.resolve("second");
    NetworkOptions options = NetworkOptions.of(other).withBridge("jd1").withSpareNamespaces(0);
    Networks second = host.machines().run(() -> Networks.open(options, KERNEL));
    Sandbox one = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    Sandbox two =
        host.machines()
            .run(
                () ->
                    second.attach(
                        SandboxRequest.of(TestHost.id(9), "c1", new NetworkMode.Bridge())
                            .withPorts(List.of(PortMapping.of(8081, Port.tcp(80)))),
                        Trace.off()));
    assertEquals("172.18.0.2/16", two.endpoints().get(0).address().orElseThrow().toString());
    assertEquals("c1-" + TestHost.id(9).substring(0, 12), two.namespaceName());
    host.servePeer(one, 80);
    host.machines().run(() -> second.detach(TestHost.id(9), Trace.off()));
    host.machines().run(second::close);
    assertEquals(HostNamespaces.REMOTE, host.machines().remoteShell(GET).output());
  }

  @Test
  void manyPortsOfManyContainersComeAndGoAtOnce() {
    List<Integer> numbers = IntStream.rangeClosed(1, 24).boxed().toList();
    numbers.parallelStream()
        .forEach(
            n ->
                host.with(
                    networks ->
                        networks.attach(
                            SandboxRequest.of(TestHost.id(n), "c" + n, new NetworkMode.Bridge())
                                .withPorts(
                                    IntStream.range(0, 20)
                                        .mapToObj(
                                            p ->
                                                PortMapping.of(9000 + 20 * n + p, Port.tcp(80 + p)))
                                        .toList()),
                            Trace.off())));
    long rules = saved("--dport").lines().filter(r -> r.contains("DNAT")).count();
    assertEquals(480, rules);
    Set<String> addresses = new java.util.HashSet<>();
    host.with(n -> n.members("bridge"))
        .forEach(m -> addresses.add(m.endpoint().address().orElseThrow().toString()));
    assertEquals(24, addresses.size());
    numbers.parallelStream().forEach(n -> host.detach(TestHost.id(n)));
    assertEquals("", saved("DNAT.--to"));
  }

  @Test
  void aLinkInTheWayIsNamedAndNothingIsLeft() {
    host.machines().shell("ip link add jdocker0 type veth peer name x0");
    Conflict conflict = assertThrows(Conflict.class, () -> host.attachBridge(1));
    assertTrue(conflict.getMessage().contains("link jdocker0 is there already and is no bridge"));
    host.machines().shell("ip link del jdocker0; ip link add jdocker0 type bridge");
    host.machines().shell("ip address add 10.1.1.1/24 dev jdocker0");
    assertThrows(Conflict.class, () -> host.attachBridge(1));
    assertTrue(host.with(n -> n.find(TestHost.id(1))).isEmpty());
    host.machines().shell("ip link del jdocker0");
    host.attachBridge(1);
  }
}
