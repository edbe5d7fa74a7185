package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.testing.HostNamespaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bridge options that say how a network and the world reach each other. */
final class GatewayModeIT extends DualStackFixture {
  private static final String BRIDGE = "com.docker.network.bridge.";
  private static final String MODE_4 = BRIDGE + "gateway_mode_ipv4";
  private static final String MODE_6 = BRIDGE + "gateway_mode_ipv6";

  @Test
  void aRoutedNetworkIsReachedAtItsOwnAddressesOnPublishedPorts() {
    create("routed", WHOLE, false, Map.of(MODE_4, "routed", MODE_6, "routed"));
    Sandbox web = web(1, "routed", PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 81);
    assertTrue(web.bindings().stream().allMatch(PortBinding::isRouted), "no port of the host");
    assertEquals("203.0.113.2", callFromRemote(four(web) + ":80"));
    assertEquals(Ipv6.of(REMOTE_6), Ipv6.of(callFromRemote("[" + six(web) + "]:80")));
    assertFalse(isOpenToRemote(four(web) + ":81"), "was not published");
    assertFalse(isOpenToRemote("[" + six(web) + "]:81"));
    assertFalse(isOpenToRemote("203.0.113.1:8080"), "the host has no part in it");
    host.serveRemote(() -> TestServer.tcp(9000, TestServer::tellPeer));
    assertEquals(
        four(web), host.in(web, "curl -s -m 5 http://203.0.113.2:9000/").output(), "not masked");
    assertEquals(
        0,
        host.machines().remoteShell("timeout 8 busybox ping -c1 -W7 " + six(web)).status(),
        "path MTU discovery needs ICMP");
    host.stop();
    host.machines().shell("iptables -F; ip6tables -F");
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1)));
    assertEquals("203.0.113.2", callFromRemote(four(web) + ":80"), "after a restart, too");
    assertFalse(isOpenToRemote(four(web) + ":81"));
  }

  @Test
  void oneProtocolMayBeRoutedAndTheOtherTranslated() {
    create("mixed", WHOLE, false, Map.of(MODE_6, "routed"));
    Sandbox web = web(1, "mixed", PortMapping.of(8080, Port.tcp(80)));
    assertEquals(
        List.of(
            new PortBinding(Port.tcp(80), "0.0.0.0", 8080), new PortBinding(Port.tcp(80), "::", 0)),
        web.bindings());
    assertEquals("203.0.113.2", callFromRemote("203.0.113.1:8080"));
    assertEquals(Ipv6.of(REMOTE_6), Ipv6.of(callFromRemote("[" + six(web) + "]:80")));
    assertFalse(isOpenToRemote(four(web) + ":80"));
  }

  @Test
  void anUnprotectedNetworkIsOpenToWhoHasARoute() {
    create("open", WHOLE, false, Map.of(MODE_4, "nat-unprotected", MODE_6, "nat-unprotected"));
    Sandbox web = web(1, "open", PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 81);
    assertEquals("203.0.113.2", callFromRemote("203.0.113.1:8080"));
    assertEquals("203.0.113.2", callFromRemote(four(web) + ":81"));
    assertEquals(Ipv6.of(REMOTE_6), Ipv6.of(callFromRemote("[" + six(web) + "]:81")));
    host.serveRemote(() -> TestServer.tcp(9000, TestServer::tellPeer));
    assertEquals(
        "203.0.113.1", host.in(web, "curl -s -m 5 http://203.0.113.2:9000/").output(), "masked");
  }

  @Test
  void anIsolatedNetworkHasNoHost() {
    Network network = create("alone", WHOLE, true, Map.of(MODE_4, "isolated", MODE_6, "isolated"));
    Sandbox one = attach(1, "alone");
    Sandbox two = attach(2, "alone");
    assertTrue(reaches(one, four(two)));
    assertTrue(reaches(one, six(two)));
    assertEquals(
        "",
        host.machines()
            .shell("ip -o addr show dev " + network.bridge() + " scope global")
            .output());
    assertFalse(pings(one, network.ipam().orElseThrow().gateway().toString()));
  }

  @Test
  void theBridgeMayBeLeftWithoutAddress() {
    Network network = create("inhibited", WHOLE, false, Map.of(BRIDGE + "inhibit_ipv4", "true"));
    Sandbox one = attach(1, "inhibited");
    String addresses = host.machines().shell("ip -o -4 addr show dev " + network.bridge()).output();
    assertEquals("", addresses);
    String gateway = network.ipam().orElseThrow().gateway().toString();
    assertTrue(
        host.in(one, "ip route").output().contains("default via " + gateway),
        "somebody else is to have the gateway's address");
  }

  @Test
  void aTrustedLinkLeadsStraightToPublishedPorts() {
    create(
        "trusting",
        WHOLE,
        false,
        Map.of(BRIDGE + "trusted_host_interfaces", HostNamespaces.UPLINK + ":other0"));
    Sandbox web = web(1, "trusting", PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(web, 81);
    assertEquals("203.0.113.2", callFromRemote(four(web) + ":80"));
    assertEquals(Ipv6.of(REMOTE_6), Ipv6.of(callFromRemote("[" + six(web) + "]:80")));
    assertEquals("203.0.113.2", callFromRemote("203.0.113.1:8080"));
    assertFalse(isOpenToRemote(four(web) + ":81"), "was not published");
  }

  @Test
  void portsOfAHostAddressOfTheNetworksChoice() {
    create("local", WHOLE, false, Map.of(BRIDGE + "host_binding_ipv4", "127.0.0.1"));
    Sandbox web = web(1, "local", PortMapping.of(8080, Port.tcp(80)));
    assertEquals(List.of(new PortBinding(Port.tcp(80), "127.0.0.1", 8080)), web.bindings());
    assertEquals(0, host.machines().shell("curl -s -m 5 http://127.0.0.1:8080/").status());
    assertFalse(isOpenToRemote("203.0.113.1:8080"));
  }

  @ParameterizedTest
  @CsvSource({
    "gateway_mode_ipv4, sideways, unknown gateway mode",
    "gateway_mode_ipv6, NAT, unknown gateway mode",
    "gateway_mode_ipv4, isolated, can only be used for an internal network",
    "gateway_mode_ipv6, isolated, can only be used for an internal network",
    "inhibit_ipv4, perhaps, invalid value",
    "trusted_host_interfaces, eth0:a/b, invalid value",
    "trusted_host_interfaces, eth0::eth1, invalid value",
    "host_binding_ipv4, ::1, invalid value",
    "host_binding_ipv6, ::1, is not supported",
  })
  void mistakesAreNamed(String option, String value, String words) {
    String told =
        assertThrows(
                InvalidArgument.class,
                () -> create("wrong", "", false, Map.of(BRIDGE + option, value)))
            .getMessage();
    assertTrue(told.contains(words), told);
  }
}
