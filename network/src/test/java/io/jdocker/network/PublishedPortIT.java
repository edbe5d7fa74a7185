package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.ports.PortMappings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real traffic to published ports, from everywhere it can come from. Servers tell the caller. */
class PublishedPortIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String GET = "curl -sg -m 4 http://";

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

  @Test
  @DisplayName("network.md row 21: a published port is reached from everywhere")
  void aPortIsReachedFromEverywhereAndClientsKeepTheirAddresses() {
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    Sandbox other = host.attachBridge(2);
    host.servePeer(web, 80);
    HostNamespaces machines = host.machines();
    String published = GET + HostNamespaces.HOST + ":8080/";

    assertEquals(HostNamespaces.REMOTE, machines.remoteShell(published).output());
    assertEquals("172.17.0.1", machines.shell(published).output());
    assertEquals("172.17.0.1", machines.shell(GET + "127.0.0.1:8080/").output());
    assertEquals("172.17.0.1", machines.shell(GET + "[::1]:8080/").output());
    assertEquals("172.17.0.3", host.in(other, published).output());
    assertEquals("172.17.0.3", host.in(other, GET + "172.17.0.2/").output());
    assertEquals("172.17.0.1", host.in(web, published).output());
    assertEquals("172.17.0.1", machines.shell(GET + "172.17.0.2/").output());
  }

  @Test
  @DisplayName("network.md row 22: what is not published is not reached from outside")
  void whatIsNotPublishedCannotBeReachedFromOutside() {
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 81);
    host.servePeer(web, 80);
    HostNamespaces machines = host.machines();

    assertNotEquals(0, machines.remoteShell(GET + HostNamespaces.HOST + ":81/").status());
    // The remote machine routes by the host, as a neighbour on the LAN could choose to.
    assertNotEquals(0, machines.remoteShell(GET + "172.17.0.2:81/").status());
    assertNotEquals(0, machines.remoteShell(GET + "172.17.0.2:80/").status());
    assertEquals(0, machines.shell(GET + "172.17.0.2:81/").status());
  }

  @Test
  void aPortOnLoopbackIsForTheHostAlone() {
    Sandbox web = host.attachBridge(1, PortMappings.parse("127.0.0.1:8081:80").get(0));
    host.servePeer(web, 80);
    HostNamespaces machines = host.machines();

    assertEquals(0, machines.shell(GET + "127.0.0.1:8081/").status());
    assertNotEquals(0, machines.shell(GET + HostNamespaces.HOST + ":8081/").status());
    assertNotEquals(0, machines.remoteShell(GET + HostNamespaces.HOST + ":8081/").status());
    // A neighbour who sends 127.0.0.1 by its own LAN to our MAC address.
    machines.remoteShell("sysctl -qw net.ipv4.conf.all.route_localnet=1");
    machines.remoteShell("ip route add 127.0.0.1/32 via " + HostNamespaces.HOST + " table 7");
    machines.remoteShell(
        "ip rule add to 127.0.0.1/32 pref 0 table 7; ip rule del pref 0 table local");
    assertNotEquals(0, machines.remoteShell(GET + "127.0.0.1:8081/").status());
  }

  @Test
  @DisplayName("network.md row 23: /udp")
  void udpIsPublishedForIpv4AndIpv6() {
    Sandbox dns = host.attachBridge(1, PortMappings.parse("5353:53/udp").get(0));
    host.serve(dns, () -> TestServer.udpEcho(53));

    assertEquals(
        "hi 203.0.113.2",
        host.machines().runRemote(() -> TestServer.askUdp("203.0.113.1", 5353, "hi")));
    assertEquals(
        "hi 172.17.0.1", host.machines().run(() -> TestServer.askUdp("127.0.0.1", 5353, "hi")));
    assertEquals("hi 172.17.0.1", host.machines().run(() -> TestServer.askUdp("::1", 5353, "hi")));
  }

  @Test
  void theRelayCarriesMuchBothWaysAndPassesTheEndOn() {
    Sandbox sink = host.attachBridge(1, PortMapping.of(9000, Port.tcp(9000)));
    host.serve(sink, () -> TestServer.tcp(9000, TestServer::count));

    String answer = host.machines().run(() -> TestServer.askTcp("::1", 9000, new byte[5_000_000]));
    assertEquals("5000000".repeat(100_000), answer);
  }

  @Test
  @DisplayName("network.md row 24: a taken port is refused and nothing is left")
  void aTakenPortIsRefusedInDockersWordsAndNothingIsLeft() {
    host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    String links = host.machines().shell("ip -o link").output();
    String rules = host.machines().shell("iptables-save | grep -v '^[#:]'").output();

    SystemFailure own =
        assertThrows(
            SystemFailure.class, () -> host.attachBridge(2, PortMapping.of(8080, Port.tcp(81))));
    assertTrue(own.getMessage().startsWith("driver failed programming external connectivity on"));
    assertTrue(
        own.getMessage().endsWith("Bind for 0.0.0.0:8080 failed: port is already allocated"));

    host.background(host.machines().startHost("exec busybox nc -l -p 7000"));
    TestHost.await(
        () -> host.machines().shell("ss -Hltn 'sport = :7000'").output().contains(":7000"));
    SystemFailure foreign =
        assertThrows(
            SystemFailure.class, () -> host.attachBridge(2, PortMapping.of(7000, Port.tcp(81))));
    assertTrue(foreign.getMessage().contains("address already in use"), foreign.getMessage());

    assertEquals(links, host.machines().shell("ip -o link").output());
    assertEquals(rules, host.machines().shell("iptables-save | grep -v '^[#:]'").output());
    assertTrue(host.with(n -> n.find(TestHost.id(2))).isEmpty());
  }

  @Test
  @DisplayName("network.md row 23: free ports and ranges")
  void freePortsAndRangesAreGivenOut() {
    Sandbox first = host.attachBridge(1, PortMappings.parse("80").get(0));
    Sandbox second = host.attachBridge(2, PortMappings.parse("80").get(0));
    int one = first.bindings().get(0).hostPort();
    assertEquals(one + 1, second.bindings().get(0).hostPort());

    PortMapping range = PortMappings.parse("9100-9101:80").get(0);
    assertEquals(9100, host.attachBridge(3, range).bindings().get(0).hostPort());
    assertEquals(9101, host.attachBridge(4, range).bindings().get(0).hostPort());
    assertThrows(SystemFailure.class, () -> host.attachBridge(5, range));
  }

  @Test
  @DisplayName("network.md row 23: -P takes what is exposed")
  void publishAllTakesWhatIsExposed() {
    Sandbox sandbox =
        host.attach(
            new SandboxRequest(
                TestHost.id(1),
                "all",
                new NetworkMode.Bridge(),
                List.of(),
                List.of(PortMapping.of(8443, Port.tcp(443))),
                true,
                java.util.Set.of(Port.tcp(80), Port.tcp(443)),
                List.of(),
                java.util.Optional.empty()));
    List<PortBinding> four = sandbox.bindings().stream().filter(b -> !b.isIpv6()).toList();
    assertEquals(2, four.size());
    assertEquals(8443, four.get(0).hostPort());
    assertEquals(Port.tcp(80), four.get(1).container());
  }

  @Test
  void aReleasedPortCanBeTakenByAnybody() {
    host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    assertFalse(host.machines().shell("ss -Hltn 'sport = :8080'").output().isEmpty());
    host.detach(TestHost.id(1));
    assertEquals("", host.machines().shell("ss -Hltn 'sport = :8080'").output());
    host.attachBridge(2, PortMapping.of(8080, Port.tcp(80)));
  }

  @Test
  @DisplayName(
      "network.md row 53: by IPv6, too, though the container has none; not where IPv4 is named")
  void theRelayServesIpv6() {
    host.machines().shell("ip -6 addr add fd00::1/64 dev jt0 nodad");
    host.machines().remoteShell("ip -6 addr add fd00::2/64 dev eth0 nodad");
    Sandbox web =
        host.attachBridge(
            1,
            PortMapping.of(8080, Port.tcp(80)),
            new PortMapping(Port.tcp(80), Optional.of("0.0.0.0"), 8081, 8081));
    host.servePeer(web, 80);
    assertEquals("172.17.0.1", host.machines().shell("curl -sg -m 5 http://[::1]:8080/").output());
    assertEquals(
        "172.17.0.1", host.machines().remoteShell("curl -sg -m 5 http://[fd00::1]:8080/").output());
    assertNotEquals(
        0, host.machines().remoteShell("curl -sg -m 2 http://[fd00::1]:8081/").status());
    assertEquals(
        List.of("0.0.0.0", "::", "0.0.0.0"),
        web.bindings().stream().map(PortBinding::hostAddress).toList());
    host.machines().shell("ip -6 addr del fd00::1/64 dev jt0");
  }
}
