package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each network mode as a container sees it. */
class ModesIT {
  private static final Kernel KERNEL = Kernel.load();

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

  private static SandboxRequest request(int number, NetworkMode mode) {
    return SandboxRequest.of(TestHost.id(number), "m" + number, mode);
  }

  @Test
  @DisplayName("network.md rows 1, 4, 5, 14: a namespace, lo, eth0 with the MAC of its address")
  void bridgeGivesLinkAddressRouteAndMacByAddress() {
    Sandbox sandbox = host.attachBridge(1);
    Endpoint endpoint = sandbox.endpoints().get(0);

    assertEquals("172.17.0.2/16", endpoint.address().orElseThrow().toString());
    String link = host.in(sandbox, "ip -o link show eth0").output();
    assertTrue(link.contains("02:42:ac:11:00:02") && link.contains("LOWER_UP"), link);
    assertEquals(
        "default via 172.17.0.1 dev eth0", host.in(sandbox, "ip route | head -1").output().strip());
    assertEquals("0", host.in(sandbox, "sysctl -n net.ipv4.ip_unprivileged_port_start").output());
    assertEquals("1", host.in(sandbox, "sysctl -n net.ipv6.conf.eth0.disable_ipv6").output());
    assertEquals(0, host.in(sandbox, "busybox ping -c1 -w3 172.17.0.1").status());
    assertTrue(
        host.machines()
            .shell("ip link show master jdocker0")
            .output()
            .contains(endpoint.hostLink()));
  }

  @Test
  @DisplayName(
      "network.md rows 10, 19: containers reach each other, and the world by the host address")
  void containersOfABridgeReachEachOtherAndTheWorld() {
    Sandbox one = host.attachBridge(1);
    Sandbox two = host.attachBridge(2);
    assertEquals(0, host.in(one, "busybox ping -c1 -w3 172.17.0.3").status());
    assertEquals(0, host.in(two, "busybox ping -c1 -w3 172.17.0.2").status());
    // The world sees the host's address: there is no way back to a container's.
    CompletableFuture<String> seen = new CompletableFuture<>();
    host.serveRemote(
        () -> TestServer.tcp(5000, c -> seen.complete(c.getInetAddress().getHostAddress())));
    host.in(one, "echo | busybox nc -w 3 203.0.113.2 5000");
    assertEquals("203.0.113.1", seen.orTimeout(10, TimeUnit.SECONDS).join());
  }

  @Test
  @DisplayName("network.md row 2: ip netns lists and enters a container")
  void ipNetnsListsAndEntersTheContainer() {
    host.attachBridge(41);
    assertTrue(host.machines().shell("ip netns list").output().lines().anyMatch(ModesIT::isC41));
    assertTrue(
        host.machines().shell("ip netns exec c41 ip -br address").output().contains("172.17.0.2"));
    host.detach(TestHost.id(41));
    assertFalse(host.machines().shell("ip netns list").output().lines().anyMatch(ModesIT::isC41));
  }

  private static boolean isC41(String line) {
    return line.equals("c41") || line.startsWith("c41 ");
  }

  @Test
  @DisplayName("network.md row 27: none has nothing but loopback")
  void noneHasNothingButLoopback() {
    Sandbox sandbox = host.attach(request(1, new NetworkMode.None()));
    List<String> links = host.in(sandbox, "ip -o link").output().lines().toList();
    assertEquals(1, links.size());
    assertTrue(links.get(0).contains("lo:") && links.get(0).contains("UP"), links.get(0));
    assertEquals("", host.in(sandbox, "ip route").output());
    assertEquals(Network.NONE, sandbox.endpoints().get(0).networkName());
  }

  @Test
  @DisplayName("network.md row 25: host has no namespace of its own and no ports")
  void hostHasNoNamespaceOfItsOwnAndNoPorts() {
    Sandbox sandbox =
        host.attach(
            request(1, new NetworkMode.Host())
                .withPorts(List.of(PortMapping.of(8080, Port.tcp(80)))));
    assertEquals(Optional.empty(), sandbox.namespacePath());
    assertEquals(List.of(), sandbox.bindings());
    assertEquals("", host.machines().shell("iptables-save | grep -- -A").output());
  }

  @Test
  @DisplayName("network.md rows 28, 30: a joined namespace is the target one")
  void containerModeSharesAndOutlivesNothing() {
    Sandbox one = host.attachBridge(1);
    Sandbox two = host.attach(request(2, new NetworkMode.Container(TestHost.id(1))));
    assertEquals(one.namespacePath(), two.namespacePath());
    host.detach(TestHost.id(2));
    assertEquals(0, host.in(one, "ip link show eth0").status());
    assertThrows(
        Conflict.class, () -> host.attach(request(3, new NetworkMode.Container(TestHost.id(9)))));
    InvalidArgument ports =
        assertThrows(
            InvalidArgument.class,
            () ->
                host.attach(
                    request(4, new NetworkMode.Container(TestHost.id(1)))
                        .withPorts(List.of(PortMapping.of(1, Port.tcp(1))))));
    assertTrue(ports.getMessage().startsWith("conflicting options: port publishing"));
  }

  @Test
  @DisplayName("network.md row 3: a named namespace is joined and left alone")
  void aNamespaceOfSomebodyElseIsJoinedAndLeftAlone() throws IOException {
    String name = "jd-test-" + ProcessHandle.current().pid();
    host.machines().shell("ip netns add " + name);
    try {
      Path path = Path.of("/run/netns", name);
      Sandbox sandbox = host.attach(request(1, new NetworkMode.NamespacePath(path)));
      assertEquals(Optional.of(path), sandbox.namespacePath());
      host.detach(TestHost.id(1));
      assertTrue(Files.exists(path));
    } finally {
      host.machines().shell("ip netns del " + name);
    }
    assertThrows(
        NotFound.class,
        () -> host.attach(request(2, new NetworkMode.NamespacePath(Path.of("/run/netns/nope")))));
    Path file = Files.createFile(root.resolve("no-namespace"));
    assertThrows(
        InvalidArgument.class, () -> host.attach(request(3, new NetworkMode.NamespacePath(file))));
  }

  @Test
  void theTraceAsAShellScriptBuildsTheSameNetwork() {
    Trace trace = Trace.on();
    Sandbox sandbox =
        host.attach(
            request(77, new NetworkMode.Bridge())
                .withPorts(List.of(PortMapping.of(8080, Port.tcp(80)))),
            trace);
    StringBuilder script = new StringBuilder();
    trace.entries().forEach(e -> e.shell().ifPresent(s -> script.append(s).append('\n')));
    host.detach(TestHost.id(77));
    host.stop();
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), java.util.Set.of());

    assertEquals("", host.machines().shell("set -e\n" + script).output());
    Process web =
        host.machines()
            .startIn(
                Path.of("/run/netns/m77"),
                "exec busybox nc -ll -p 80 -e echo HTTP/1.0 204 by hand");
    host.background(web);
    TestHost.await(
        () ->
            host.machines()
                .remoteShell("curl -s -m 2 -o /dev/null -w '%{http_code}' http://203.0.113.1:8080/")
                .output()
                .equals("204"));
    String veth = sandbox.endpoints().get(0).hostLink();
    host.machines().shell("ip link del " + veth + "; ip netns del m77; ip link del jdocker0");
    // The engine sets the chains made by hand anew and removes them when it goes.
    host.attachBridge(1);
    host.detach(TestHost.id(1));
  }
}
