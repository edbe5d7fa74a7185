package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.driver.BridgeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User-defined bridge networks. */
class UserNetworksIT {
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

  private Network create(String name, String subnet, boolean internal, Map<String, String> o) {
    NetworkSpec spec =
        new NetworkSpec(
            name,
            "bridge",
            Optional.of(subnet),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            internal,
            false,
            false,
            o,
            Map.of());
    return host.with(n -> n.create(spec));
  }

  private Sandbox attach(int number, EndpointSpec... endpoints) {
    return host.attach(
        new SandboxRequest(
            TestHost.id(number),
            "u" + number,
            new NetworkMode.UserNetwork(endpoints[0].network()),
            List.of(endpoints),
            List.of(),
            false,
            java.util.Set.of(),
            List.of(),
            Optional.empty()));
  }

  /** True when an answer comes, however busy the machine is. */
  private boolean reaches(Sandbox from, String address) {
    return host.in(from, "timeout 8 busybox ping -c1 -W7 " + address).status() == 0;
  }

  /** True when an answer comes soon; used for what must not answer at all. */
  private boolean pings(Sandbox from, String address) {
    return host.in(from, "timeout 2 busybox ping -c1 -W1 " + address).status() == 0;
  }

  @Test
  @DisplayName("network.md rows 17, 39: a user network with its bridge and members")
  void aNetworkIsMadeListedAndRemoved() {
    Network network = host.with(n -> n.create(NetworkSpec.bridge("blue")));
    assertEquals("br-" + network.id().substring(0, 12), network.bridge());
    assertEquals("172.18.0.0/16", network.ipam().orElseThrow().subnet().toString());
    assertEquals(0, host.machines().shell("ip link show " + network.bridge()).status());
    assertEquals(network, host.with(n -> n.get(network.id().substring(0, 10))));
    assertEquals(
        List.of("blue", "bridge", "host", "none"),
        host.with(Networks::list).stream().map(Network::name).toList());

    Sandbox sandbox = attach(1, EndpointSpec.on("blue"));
    assertEquals(
        List.of(new NetworkMember(TestHost.id(1), "u1", sandbox.endpoints().get(0))),
        host.with(n -> n.members("blue")));
    assertThrows(Forbidden.class, () -> remove("blue"));
    host.detach(TestHost.id(1));
    remove("blue");
    assertNotEquals(0, host.machines().shell("ip link show " + network.bridge()).status());
  }

  private void remove(String name) {
    host.machines().run(() -> host.with(n -> removed(n, name)));
  }

  private static boolean removed(Networks networks, String name) {
    networks.remove(name);
    return true;
  }

  @Test
  void mistakesAreNamedAndLeaveNothing() {
    create("red", "10.9.0.0/24", false, Map.of());
    NetworkSpec overlay =
        new NetworkSpec(
            "m",
            "overlay",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            false,
            false,
            Map.of(),
            Map.of());
    Unavailable planned = assertThrows(Unavailable.class, () -> host.with(n -> n.create(overlay)));
    assertEquals(
        "overlay networks need a cluster store: start the daemon with --cluster-store"
            + " etcd://HOST:2379",
        planned.getMessage());
    assertThrows(Conflict.class, () -> create("red", "10.8.0.0/24", false, Map.of()));
    assertThrows(Forbidden.class, () -> create("b2", "10.9.0.0/25", false, Map.of()));
    assertThrows(Forbidden.class, () -> create("bridge", "10.8.0.0/24", false, Map.of()));
    assertThrows(InvalidArgument.class, () -> create("b3", "10.1.1.1/33", false, Map.of()));
    assertThrows(
        InvalidArgument.class,
        () -> create("b4", "10.8.0.0/24", false, Map.of(BridgeOptions.ICC, "perhaps")));
    assertThrows(NotFound.class, () -> host.with(n -> n.get("nope")));
    assertThrows(Forbidden.class, () -> remove("bridge"));
    EndpointSpec outside =
        new EndpointSpec("red", Ipv4.parse("10.8.0.9"), Optional.empty(), List.of(), 0);
    assertEquals(
        "Invalid address 10.8.0.9: It does not belong to any of this network's subnets",
        assertThrows(InvalidArgument.class, () -> attach(1, outside)).getMessage());
    assertEquals(4, host.with(Networks::list).size());
  }

  @Test
  @DisplayName("network.md row 20: networks are isolated from each other")
  void networksAreIsolatedFromEachOther() {
    create("red", "10.9.0.0/24", false, Map.of());
    create("blue", "10.10.0.0/24", false, Map.of());
    Sandbox red = attach(1, EndpointSpec.on("red"));
    Sandbox blue = attach(2, EndpointSpec.on("blue"));
    Sandbox red2 = attach(3, EndpointSpec.on("red"));
    assertTrue(reaches(red, "10.9.0.3"));
    assertFalse(pings(red, "10.10.0.2"));
    assertFalse(pings(blue, "10.9.0.2"));
    assertTrue(reaches(red2, HostAddress.REMOTE));
  }

  /** The remote machine's address, for brevity. */
  private static final class HostAddress {
    static final String REMOTE = io.jdocker.linux.testing.HostNamespaces.REMOTE;
  }

  @Test
  @DisplayName("network.md row 51: an internal network has no way out or in")
  void anInternalNetworkHasNoWayOutOrIn() {
    Network network = create("in", "10.9.0.0/24", true, Map.of());
    Sandbox one = attach(1, EndpointSpec.on("in"));
    attach(2, EndpointSpec.on("in"));
    assertTrue(reaches(one, "10.9.0.3"));
    assertFalse(pings(one, HostAddress.REMOTE));
    assertEquals("", host.in(one, "ip route show default").output());
    assertNotEquals(
        0, host.machines().remoteShell("timeout 2 busybox ping -c1 -W1 10.9.0.2").status());
    assertEquals(0, host.machines().shell("timeout 2 busybox ping -c1 -W1 10.9.0.2").status());
    assertTrue(network.internal());
  }

  @Test
  void communicationCanBeForbiddenAndMtuChosen() {
    create(
        "quiet",
        "10.9.0.0/24",
        false,
        Map.of(BridgeOptions.ICC, "false", BridgeOptions.MTU, "1400"));
    Sandbox one = attach(1, EndpointSpec.on("quiet"));
    attach(2, EndpointSpec.on("quiet"));
    assertFalse(pings(one, "10.9.0.3"));
    assertTrue(reaches(one, HostAddress.REMOTE));
    assertTrue(host.in(one, "ip link show eth0").output().contains("mtu 1400"));
  }

  @Test
  void addressesAndMacsCanBeChosen() {
    create("red", "10.9.0.0/24", false, Map.of());
    EndpointSpec chosen =
        new EndpointSpec(
            "red",
            Ipv4.parse("10.9.0.200"),
            MacAddress.parse("02:00:00:00:00:77"),
            List.of("db"),
            0);
    Sandbox sandbox = attach(1, chosen);
    assertTrue(host.in(sandbox, "ip address show eth0").output().contains("10.9.0.200/24"));
    assertTrue(host.in(sandbox, "ip link show eth0").output().contains("02:00:00:00:00:77"));
    assertThrows(Conflict.class, () -> attach(2, chosen));
  }

  @Test
  void aRunningContainerIsConnectedAndDisconnected() {
    create("red", "10.9.0.0/24", false, Map.of());
    Sandbox sandbox = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    Endpoint added = host.with(n -> n.connect(TestHost.id(1), "red", EndpointSpec.on("red")));
    assertEquals("eth1", added.link());
    assertEquals("10.9.0.2/24", added.address().orElseThrow().toString());
    assertTrue(host.in(sandbox, "ip route show default").output().contains("172.17.0.1"));
    assertThrows(
        Forbidden.class,
        () -> host.with(n -> n.connect(TestHost.id(1), "red", EndpointSpec.on("red"))));

    host.with(n -> disconnected(n, "bridge"));
    assertTrue(host.in(sandbox, "ip route show default").output().contains("10.9.0.1"));
    assertEquals("", host.machines().shell("iptables-save -t nat | grep 8080").output());
    assertNotEquals(0, host.in(sandbox, "ip link show eth0").status());
    assertThrows(Forbidden.class, () -> host.with(n -> disconnected(n, "bridge")));
    assertEquals(1, host.with(n -> n.find(TestHost.id(1))).orElseThrow().endpoints().size());
  }

  private static boolean disconnected(Networks networks, String network) {
    networks.disconnect(TestHost.id(1), network, false);
    return true;
  }

  private static EndpointSpec withPriority(String network, int priority) {
    return new EndpointSpec(network, Optional.empty(), Optional.empty(), List.of(), priority);
  }

  @Test
  @DisplayName("network.md 2.6 number 10: which of several networks has the default route")
  void theDefaultRouteGoesByPriorityThenByName() {
    create("red", "10.9.0.0/24", false, Map.of());
    create("blue", "10.10.0.0/24", false, Map.of());
    create("a-inner", "10.11.0.0/24", true, Map.of());
    Sandbox byName =
        attach(1, EndpointSpec.on("red"), EndpointSpec.on("blue"), EndpointSpec.on("a-inner"));
    assertEquals(List.of("eth0", "eth1", "eth2"), links(byName), "in the order of the request");
    assertTrue(host.in(byName, "ip route show default").output().contains("10.10.0.1 dev eth1"));
    Sandbox chosen =
        attach(2, withPriority("red", 1), EndpointSpec.on("blue"), withPriority("a-inner", 9));
    assertTrue(host.in(chosen, "ip route show default").output().contains("10.9.0.1 dev eth0"));
    Sandbox avoided = attach(3, EndpointSpec.on("red"), withPriority("blue", -1));
    assertTrue(host.in(avoided, "ip route show default").output().contains("10.9.0.1 dev eth0"));
  }

  private static List<String> links(Sandbox sandbox) {
    return sandbox.endpoints().stream().map(Endpoint::link).toList();
  }

  @Test
  void addressesOfOthersAreNotGivenOut() {
    NetworkSpec spec =
        new NetworkSpec(
            "red",
            "bridge",
            Optional.of("10.9.0.0/24"),
            Optional.empty(),
            Optional.empty(),
            Map.of("printer", "10.9.0.2", "scanner", "10.9.0.4"),
            false,
            false,
            false,
            Map.of(),
            Map.of());
    host.with(n -> n.create(spec));
    assertEquals("10.9.0.3/24", address(attach(1, EndpointSpec.on("red"))));
    assertEquals("10.9.0.5/24", address(attach(2, EndpointSpec.on("red"))));
    EndpointSpec taken =
        new EndpointSpec("red", Ipv4.parse("10.9.0.4"), Optional.empty(), List.of(), 0);
    assertThrows(Conflict.class, () -> attach(3, taken));
    host.stop();
    host.start(
        NetworkOptions.of(root).withSpareNamespaces(0),
        java.util.Set.of(TestHost.id(1), TestHost.id(2)));
    assertEquals("10.9.0.6/24", address(attach(3, EndpointSpec.on("red"))), "remembered");
  }

  private static String address(Sandbox sandbox) {
    return sandbox.endpoints().get(0).address().orElseThrow().toString();
  }

  @Test
  @DisplayName("network.md row 41: prune removes what nobody uses")
  void pruneRemovesWhatNobodyUses() {
    create("red", "10.9.0.0/24", false, Map.of());
    create("blue", "10.10.0.0/24", false, Map.of());
    attach(1, EndpointSpec.on("blue"));
    assertEquals(List.of("red"), host.with(n -> n.prune(network -> true)));
  }
}
