package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.testing.HostNamespaces;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers upon a link of the host, and with a link of the host. */
class StackedNetworksIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String LAN = "203.0.113.0/24";

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

  private Network create(String name, String driver, String subnet, Map<String, String> options) {
    NetworkSpec spec =
        new NetworkSpec(
            name,
            driver,
            Optional.ofNullable(subnet),
            Optional.empty(),
            Optional.ofNullable(subnet).map(s -> HostNamespaces.REMOTE),
            subnet == null ? Map.of() : Map.of("host", HostNamespaces.HOST),
            false,
            false,
            false,
            options,
            Map.of());
    return host.with(n -> n.create(spec));
  }

  private Network macvlan(String name, String mode) {
    return create(
        name, "macvlan", LAN, Map.of("parent", HostNamespaces.UPLINK, "macvlan_mode", mode));
  }

  private Sandbox attach(int number, String network, PortMapping... ports) {
    return host.attach(
        SandboxRequest.of(TestHost.id(number), "s" + number, new NetworkMode.UserNetwork(network))
            .withPorts(List.of(ports)));
  }

  private boolean pings(Sandbox from, String address) {
    return host.in(from, "timeout 3 busybox ping -c1 -W2 " + address).status() == 0;
  }

  @Test
  @DisplayName("network.md row 44: macvlan containers are machines on the parent's network")
  void macvlan() {
    macvlan("lan", "bridge");
    Sandbox one = attach(1, "lan", PortMapping.of(8080, Port.tcp(80)));
    Sandbox two = attach(2, "lan");
    assertEquals("203.0.113.3/24", one.endpoints().get(0).address().orElseThrow().toString());
    assertTrue(pings(one, HostNamespaces.REMOTE), "the rest of the network");
    assertTrue(pings(one, "203.0.113.4"), "each other");
    assertNotEquals(
        0, host.machines().shell("timeout 2 busybox ping -c1 -W1 203.0.113.3").status());
    assertEquals(
        0, host.machines().remoteShell("timeout 8 busybox ping -c1 -W7 203.0.113.4").status());
    String neighbour = host.machines().remoteShell("ip neigh show 203.0.113.4").output();
    assertTrue(neighbour.contains("02:42:cb:00:71:04"), neighbour);
    assertTrue(
        host.in(two, "ip route show default").output().contains("via " + HostNamespaces.REMOTE));
    assertEquals(List.of(), one.bindings(), "there is nothing to translate a port to");
    assertEquals("", host.machines().shell("iptables-save | grep 203.0.113").output());
  }

  @Test
  @DisplayName("network.md row 44: private macvlan containers do not see each other")
  void privateMacvlan() {
    macvlan("lan", "private");
    Sandbox one = attach(1, "lan");
    attach(2, "lan");
    assertTrue(pings(one, HostNamespaces.REMOTE));
    assertTrue(!pings(one, "203.0.113.4"));
  }

  @Test
  @DisplayName("network.md row 44: a passthru parent is one container's alone")
  void passthru() {
    macvlan("lan", "passthru");
    attach(1, "lan");
    EngineException refused = assertThrows(EngineException.class, () -> attach(2, "lan"));
    assertTrue(refused.getMessage().contains(HostNamespaces.UPLINK), refused.getMessage());
    host.detach(TestHost.id(1));
    attach(2, "lan"); // at once: the link before it is gone with its container
  }

  @Test
  void namesAreAnsweredAndARestartOfTheEngineChangesNothing() {
    macvlan("lan", "bridge");
    Sandbox one = attach(1, "lan");
    host.stop();
    assertEquals(
        List.of(),
        host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1))));
    assertTrue(pings(one, HostNamespaces.REMOTE));
  }

  @Test
  void aRunningContainerIsPutOnTheLanAndTakenOff() {
    macvlan("lan", "bridge");
    Sandbox one = host.attachBridge(1);
    assertEquals(
        "eth1", host.with(n -> n.connect(TestHost.id(1), "lan", EndpointSpec.on("lan"))).link());
    assertTrue(host.in(one, "ip -d link show eth1").output().contains("macvlan mode bridge"));
    host.with(
        n -> {
          n.disconnect(TestHost.id(1), "lan", false);
          return true;
        });
    assertNotEquals(0, host.in(one, "ip link show eth1").status());
  }

  @Test
  @DisplayName("network.md row 45: without ipvlan in the kernel a clear error and nothing left")
  void ipvlan() {
    create("ip", "ipvlan", LAN, Map.of("parent", HostNamespaces.UPLINK, "ipvlan_mode", "l3"));
    if (host.machines().shell("ip link add link jt0 ipvtest type ipvlan").status() == 0) {
      host.machines().shell("ip link del ipvtest");
      Sandbox one = attach(1, "ip");
      String link = host.in(one, "ip -d link show eth0").output();
      assertTrue(link.contains("ipvlan") && link.contains("l3"), link);
      assertEquals("default dev eth0 scope link", host.in(one, "ip route show default").output());
      return;
    }
    Unsupported refused = assertThrows(Unsupported.class, () -> attach(1, "ip"));
    assertTrue(
        refused.getMessage().startsWith("ipvlan not supported by kernel"), refused.getMessage());
    assertEquals(Optional.empty(), host.with(n -> n.find(TestHost.id(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "macvlan     | parent=jt0,macvlan_mode=hub | requested macvlan mode 'hub' is not valid",
        "macvlan     | macvlan_mode=bridge         | option parent is missing",
        "macvlan     | parent=jt0,ipvlan_mode=l2   | invalid option \"ipvlan_mode\"",
        "macvlan     | parent=a/b                  | invalid parent interface",
        "macvlan     | parent=jt0,com.docker.network.driver.mtu=x | invalid value \"x\"",
        "ipvlan      | parent=jt0,ipvlan_mode=l4   | requested ipvlan mode 'l4' is not valid",
        "ipvlan      | parent=jt0,ipvlan_flag=x    | requested ipvlan flag 'x' is not valid",
        "host-device | device=                     | option device is missing",
        "host-device | device=jt0,mode=x           | invalid option \"mode\"",
      })
  void wrongOptionsAreNamed(String driver, String options, String message) {
    Map<String, String> map = new HashMap<>();
    for (String option : options.split(",", -1)) {
      String[] parts = option.split("=", 2);
      map.put(parts[0], parts[1]);
    }
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> create("x", driver, null, map));
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    assertEquals(3, host.with(Networks::list).size());
  }

  @Test
  void aParentThatIsNotThereIsNamed() {
    Map<String, String> options = Map.of("parent", "eth9");
    NotFound refused = assertThrows(NotFound.class, () -> create("x", "macvlan", LAN, options));
    assertTrue(
        refused.getMessage().startsWith("parent interface eth9 was not found"),
        refused.getMessage());
  }

  @Test
  void aParentBelongsToOneNetworkOfAKind() {
    macvlan("lan", "bridge");
    Conflict refused =
        assertThrows(
            Conflict.class,
            () ->
                create("lan2", "macvlan", "10.7.0.0/24", Map.of("parent", HostNamespaces.UPLINK)));
    assertEquals(
        "network lan is already using parent interface " + HostNamespaces.UPLINK,
        refused.getMessage());
  }

  @Test
  @DisplayName("network.md row 44: parent=LINK.ID makes the VLAN's link, or says that it cannot")
  void aVlanIsMadeWithTheNetworkAndGoesWithIt() {
    Map<String, String> options = Map.of("parent", HostNamespaces.UPLINK + ".50");
    boolean able =
        host.machines().shell("ip link add link jt0 name vtest type vlan id 9").status() == 0;
    if (!able) {
      Unsupported refused =
          assertThrows(Unsupported.class, () -> create("v", "macvlan", LAN, options));
      assertTrue(refused.getMessage().startsWith("vlan not supported by kernel"));
      assertEquals(3, host.with(Networks::list).size());
      return;
    }
    host.machines().shell("ip link del vtest");
    create("v", "macvlan", LAN, options);
    attach(1, "v");
    assertEquals(0, host.machines().shell("ip link show jt0.50").status());
  }

  private String uplink() {
    return host.machines().shell("ip -o -4 address show jt0; ip -o route show dev jt0").output();
  }

  @Test
  @DisplayName("network.md row 46: a container has a link of the host and gives it back as it was")
  void hostDevice() {
    host.machines().shell("ip route add 198.51.100.0/24 via 203.0.113.2; ip link set jt0 mtu 1400");
    String before = uplink();
    create("card", "host-device", null, Map.of("device", HostNamespaces.UPLINK));
    Sandbox one = attach(1, "card");
    assertNotEquals(0, host.machines().shell("ip link show jt0").status(), "gone from the host");
    assertTrue(pings(one, HostNamespaces.REMOTE), "with its addresses");
    assertTrue(host.in(one, "ip route").output().contains("198.51.100.0/24 via 203.0.113.2"));
    assertThrows(NotFound.class, () -> attach(2, "card"));

    host.detach(TestHost.id(1));
    assertEquals(before, uplink());
    assertTrue(host.machines().shell("ip link show jt0").output().contains("mtu 1400"));
    host.machines().shell("ip route del 198.51.100.0/24; ip link set jt0 mtu 1500");
  }

  @Test
  @DisplayName("network.md row 46: with a subnet the container's address is the network's")
  void hostDeviceWithAddress() {
    create("card", "host-device", LAN, Map.of("device", HostNamespaces.UPLINK));
    Sandbox one = attach(1, "card");
    assertEquals("203.0.113.3/24", one.endpoints().get(0).address().orElseThrow().toString());
    assertTrue(pings(one, HostNamespaces.REMOTE));
    assertTrue(!host.in(one, "ip -4 address show eth0").output().contains("203.0.113.1/"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("network.md row 46: the link comes back when the engine was killed meanwhile")
  void hostDeviceAfterAKill(boolean namespaceLost) {
    String before = uplink();
    create("card", "host-device", null, Map.of("device", HostNamespaces.UPLINK));
    attach(1, "card");
    host.stop();
    if (namespaceLost) {
      // What a kill in the middle of the removal leaves: the link is back, without addresses.
      Path pin = root.resolve("netns/" + TestHost.id(1).substring(0, 12));
      host.machines().shellIn(pin, "ip link set eth0 down; ip link set eth0 name jt0");
      host.machines().shell("nsenter --net=" + pin + " ip link set jt0 netns " + ownPid());
    }
    assertEquals(List.of(), host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of()));
    host.forget(TestHost.id(1));
    assertEquals(before, uplink());
    assertEquals("", host.machines().shell("ls " + root.resolve("network/devices")).output());
  }

  /** A process in the host's namespace. */
  private long ownPid() {
    Process sleeper = host.machines().startHost("exec sleep 20");
    host.background(sleeper);
    return sleeper.pid();
  }

  @Test
  void whatCannotBeGivenAwayIsRefused() {
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
    host.attachBridge(1);
    String port =
        host.with(n -> n.find(TestHost.id(1))).orElseThrow().endpoints().get(0).hostLink();
    for (String device : List.of("lo", port)) {
      assertThrows(
          Conflict.class, () -> create("x", "host-device", null, Map.of("device", device)));
    }
    assertThrows(NotFound.class, () -> create("x", "host-device", null, Map.of("device", "eth9")));
  }
}
