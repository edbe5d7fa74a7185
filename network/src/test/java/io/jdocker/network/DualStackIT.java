package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Networks with IPv6 beside IPv4. */
final class DualStackIT extends DualStackFixture {
  @Test
  @DisplayName("network.md row 53: two containers reach each other, and the host, by IPv6")
  void containersReachEachOtherByIpv6() {
    Network network = create("six");
    Cidr6 subnet = network.ipam6().orElseThrow().subnet();
    assertTrue(subnet.toString().matches("fd[0-9a-f]{2}:.*::/64"), subnet.toString());
    Sandbox one = attach(1, "six");
    Sandbox two = attach(2, "six");
    assertEquals(subnet.first().plus(2).toString(), six(one));
    assertEquals(subnet.first().plus(3).toString(), six(two));
    assertTrue(reaches(one, six(two)));
    assertTrue(reaches(two, six(one)));
    assertTrue(reaches(one, subnet.first().plus(1).toString()), "the bridge");
    String routes = host.in(one, "ip -6 route show default").output();
    assertTrue(routes.contains("via " + subnet.first().plus(1) + " dev eth0"), routes);
  }

  @Test
  @DisplayName("network.md row 53: the world sees the host's address, and not the containers")
  void whoGoesOutIsTranslatedAndNobodyComesInUnasked() {
    create("six", WHOLE, false, Map.of());
    Sandbox web = web(1, "six");
    host.serveRemote(() -> TestServer.tcp(9000, TestServer::tellPeer));
    String seen = host.in(web, "curl -sg -m 5 http://[" + REMOTE_6 + "]:9000/").output();
    assertEquals(Ipv6.of(HOST_6), Ipv6.of(seen));
    assertFalse(isOpenToRemote("[" + six(web) + "]:80"), "routed straight to the container");
    create("other");
    assertFalse(pings(attach(2, "other"), six(web)), "from another network");
  }

  @Test
  @DisplayName("network.md row 53: a published port by IPv6, from everywhere")
  void aPortIsPublishedByBothProtocols() {
    create("six", WHOLE, false, Map.of());
    Sandbox web = web(1, "six", PortMapping.of(8080, Port.tcp(80)));
    assertEquals(
        List.of("0.0.0.0", "::"), web.bindings().stream().map(PortBinding::hostAddress).toList());
    assertEquals(
        Ipv6.of(REMOTE_6),
        Ipv6.of(callFromRemote("[" + HOST_6 + "]:8080")),
        "the caller's own address is kept");
    assertEquals("203.0.113.2", callFromRemote("203.0.113.1:8080"));
    for (String local : List.of("[::1]", "[" + HOST_6 + "]", "127.0.0.1")) {
      String called = host.machines().shell("curl -sg -m 5 http://" + local + ":8080/").output();
      assertFalse(called.isEmpty(), "the host by " + local);
    }
    Sandbox other = attach(2, "six");
    for (Sandbox from : List.of(web, other)) {
      String called = host.in(from, "curl -sg -m 5 http://[" + HOST_6 + "]:8080/").output();
      assertFalse(called.isEmpty(), from.containerName());
    }
    String rules = host.machines().shell("ip6tables-save -t nat").output();
    assertTrue(
        rules.contains("--dport 8080 -j DNAT --to-destination [" + six(web) + "]:80"), rules);
  }

  @Test
  void aPortOfOneAddressIsPublishedThereOnly() {
    create("six", WHOLE, false, Map.of());
    Sandbox web =
        web(
            1,
            "six",
            new PortMapping(Port.tcp(80), Optional.of("::1"), 8081, 8081),
            new PortMapping(Port.tcp(80), Optional.of("2001:DB8:1:0::1"), 8082, 8082));
    assertEquals(
        List.of("::1", HOST_6), web.bindings().stream().map(PortBinding::hostAddress).toList());
    assertEquals(0, host.machines().shell("curl -sg -m 5 http://[::1]:8081/").status());
    assertFalse(isOpenToRemote("[" + HOST_6 + "]:8081"));
    assertEquals(Ipv6.of(REMOTE_6), Ipv6.of(callFromRemote("[" + HOST_6 + "]:8082")));
    assertFalse(isOpenToRemote("203.0.113.1:8082"));
  }

  @Test
  void anInternalNetworkHasIpv6ButNoWayOut() {
    create("six", WHOLE, true, Map.of());
    Sandbox one = attach(1, "six");
    Sandbox two = attach(2, "six");
    assertTrue(reaches(one, six(two)));
    assertFalse(pings(one, REMOTE_6));
    assertEquals("", host.in(one, "ip -6 route show default").output());
  }

  @Test
  void aChosenAddressIsGivenOnce() {
    create("six", WHOLE, false, Map.of());
    EndpointSpec chosen = at("six", "2001:db8:2::33");
    Sandbox one = host.attach(request(1, List.of(), chosen));
    assertEquals("2001:db8:2::33", six(one));
    assertTrue(one.endpoints().get(0).ipv6().orElseThrow().fixed());
    assertThrows(Conflict.class, () -> host.attach(request(2, List.of(), chosen)));
    EndpointSpec elsewhere = at("six", "2001:db8:3::33");
    String told =
        assertThrows(InvalidArgument.class, () -> host.attach(request(2, List.of(), elsewhere)))
            .getMessage();
    assertTrue(told.contains("2001:db8:3::33"), told);
    host.with(n -> n.create(NetworkSpec.bridge("four")));
    EndpointSpec without = at("four", "2001:db8:2::34");
    assertThrows(InvalidArgument.class, () -> host.attach(request(2, List.of(), without)));
  }

  private static EndpointSpec at(String network, String address) {
    return new EndpointSpec(
        network, Optional.empty(), Optional.empty(), List.of(), 0, Ipv6.parse(address), Map.of());
  }

  @Test
  void ofTwoNetworksOneMayHaveTheRouteOfIpv6() {
    host.with(n -> n.create(NetworkSpec.bridge("a-four")));
    create("b-six", WHOLE, false, Map.of());
    Sandbox both = attach(1, "a-four", "b-six");
    assertEquals("a-four", both.outside().orElseThrow().networkName());
    assertEquals("b-six", both.outside6().orElseThrow().networkName());
    assertTrue(host.in(both, "ip -6 route show default").output().contains("dev eth1"));
    String four = host.in(both, "cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6").output();
    assertEquals("1", four.strip(), "a network without IPv6 gives none");
    host.with(n -> disconnected(n, "b-six"));
    assertEquals("", host.in(both, "ip -6 route show default").output());
    host.with(n -> n.connect(TestHost.id(1), "b-six", EndpointSpec.on("b-six")));
    assertTrue(host.in(both, "ip -6 route show default").output().contains("dev eth1"));
    host.serveRemote(() -> TestServer.tcp(9000, TestServer::tellPeer));
    assertEquals(
        0, host.in(both, "curl -sg -m 5 http://[" + REMOTE_6 + "]:9000/").status(), "goes out");
  }

  private static boolean disconnected(Networks networks, String network) {
    networks.disconnect(TestHost.id(1), network, false);
    return true;
  }

  @Test
  @DisplayName("network.md row 52: what a kill or a flush took is there again")
  void aRestartSetsTheRulesAgain() {
    create("six", WHOLE, false, Map.of());
    Sandbox web = web(1, "six", PortMapping.of(8080, Port.tcp(80)));
    host.stop();
    host.machines().shell("ip6tables -t nat -F; ip6tables -F; ip6tables -t raw -F");
    assertEquals(
        List.of(),
        host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1))));
    assertEquals(Ipv6.of(REMOTE_6), Ipv6.of(callFromRemote("[" + HOST_6 + "]:8080")));
    assertFalse(isOpenToRemote("[" + six(web) + "]:80"));
    Sandbox next = attach(2, "six");
    assertTrue(reaches(next, six(web)), "and the address is still taken");
  }

  @Test
  void aNetworkOfADeadEngineGoesWithItsRules() {
    create("six", WHOLE, false, Map.of());
    host.attach(request(1, List.of(PortMapping.of(8080, Port.tcp(80))), EndpointSpec.on("six")));
    host.stop();
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of());
    host.forget(TestHost.id(1)); // what is left is looked at when the test ends
  }

  @Test
  void theTraceAsAShellScriptBuildsTheSameNetwork() {
    create("six", WHOLE, false, Map.of());
    Trace trace = Trace.on();
    Sandbox sandbox =
        host.attach(
            request(1, List.of(PortMapping.of(8080, Port.tcp(80))), EndpointSpec.on("six")), trace);
    StringBuilder script = new StringBuilder("set -e\n");
    trace.entries().forEach(e -> e.shell().ifPresent(s -> script.append(s).append('\n')));
    host.detach(TestHost.id(1));
    assertEquals("", host.machines().shell(script.toString()).output());
    Sandbox neighbour = attach(2, "six");
    assertTrue(reaches(neighbour, six(sandbox)));
    StringBuilder removal = new StringBuilder();
    Trace end = Trace.on();
    host.attach(
        request(3, List.of(PortMapping.of(8083, Port.tcp(80))), EndpointSpec.on("six")),
        Trace.off());
    host.with(n -> detached(n, TestHost.id(3), end));
    host.forget(TestHost.id(3));
    end.entries().forEach(e -> e.shell().ifPresent(s -> removal.append(s).append('\n')));
    assertTrue(removal.toString().contains("ip6tables -t nat -D JDOCKER-T8064"), "" + removal);
    host.machines()
        .shell(
            "ip netns del "
                + sandbox.namespaceName()
                + "; ip link del "
                + sandbox.endpoints().get(0).hostLink());
    host.stop();
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(2)));
  }

  private static boolean detached(Networks networks, String id, Trace trace) {
    networks.detach(id, trace);
    return true;
  }
}
