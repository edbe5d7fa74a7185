package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ip, bridge, brctl and net-tools show on the host: ordinary devices, as the notes have it.
 */
class HostViewIT {
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

  private String onHost(String command) {
    Outcome outcome = host.machines().shell(command);
    assertEquals(0, outcome.status(), command + ": " + outcome.output());
    return outcome.output();
  }

  private static String hostLink(Sandbox sandbox) {
    return sandbox.endpoints().get(0).hostLink();
  }

  private String index(Sandbox in, String link) {
    return host.in(in, "ip -o link show " + link + " | cut -d: -f1").output();
  }

  @Test
  @DisplayName("network.md row 5: each end of a veth pair names the other's index")
  void pairing() {
    Sandbox one = host.attachBridge(1);
    assertTrue(hostLink(one).matches("veth[0-9a-f]{7}"), hostLink(one));
    String outside = onHost("ip -o link show " + hostLink(one));
    assertTrue(outside.contains("@if" + index(one, "eth0")), outside);
    assertTrue(outside.contains("link-netns"), outside);
    String number = outside.split(":", 2)[0];
    String inside = host.in(one, "ip -o link show eth0").output();
    assertTrue(inside.contains("eth0@if" + number + ":"), inside);
  }

  @Test
  @DisplayName("network.md row 6: both ends are gone with the container")
  void bothEndsGo() {
    Sandbox one = host.attachBridge(1);
    host.detach(TestHost.id(1));
    assertNotEquals(0, host.machines().shell("ip link show " + hostLink(one)).status());
    assertEquals("0", host.machines().shell("ip -o link | grep -c veth").output());
  }

  @Test
  @DisplayName("network.md row 7: one bridge for all, which a restart adopts as it is")
  void bridgeIsMadeOnce() {
    host.attachBridge(1);
    String before = onHost("ip -o link show jdocker0 | sed 's/state .*//; s/<.*>//'");
    String settings = onHost("ip -d link show jdocker0");
    assertTrue(settings.contains("stp_state 0"), settings);
    assertTrue(settings.contains("forward_delay 1500"), settings);
    host.attachBridge(2);
    String listed = onHost("ip -o link show master jdocker0");
    assertEquals(2, listed.lines().count(), listed);
    host.stop();
    host.start(
        NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1), TestHost.id(2)));
    host.attachBridge(3);
    assertEquals(before, onHost("ip -o link show jdocker0 | sed 's/state .*//; s/<.*>//'"));
  }

  @Test
  @DisplayName("network.md rows 8, 12: the bridge has the address and the route, its ports none")
  void bridgeHasTheAddress() {
    Sandbox one = host.attachBridge(1);
    assertTrue(onHost("ip -4 -o addr show jdocker0").contains("172.17.0.1/16 brd 172.17.255.255"));
    assertEquals("", onHost("ip -4 -o addr show " + hostLink(one)));
    assertEquals(
        "172.17.0.0/16 proto kernel scope link src 172.17.0.1",
        onHost("ip route show dev jdocker0").replace(" linkdown", ""));
    assertEquals(
        "default via 172.17.0.1 dev eth0 \n172.17.0.0/16 dev eth0 proto kernel scope link src"
            + " 172.17.0.2",
        host.in(one, "ip route").output());
  }

  @Test
  @DisplayName("network.md row 9: the bridge learns a container's address from its traffic")
  void forwardingDatabase() {
    Sandbox one = host.attachBridge(1);
    String mac = one.endpoints().get(0).mac().orElseThrow().toString();
    onHost("bridge fdb flush dev " + hostLink(one) + " master dynamic 2>/dev/null || true");
    host.in(one, "busybox ping -c1 -w5 172.17.0.1");
    assertTrue(onHost("bridge fdb show br jdocker0").contains(mac + " dev " + hostLink(one)));
  }

  @Test
  @DisplayName("network.md row 10: neighbours find each other by ARP, both ways")
  void neighbours() {
    Sandbox one = host.attachBridge(1);
    Sandbox two = host.attachBridge(2);
    assertEquals(0, host.in(one, "busybox ping -c1 -w5 172.17.0.3").status());
    assertTrue(
        host.in(one, "ip neigh").output().contains("172.17.0.3 dev eth0 lladdr 02:42:ac:11"));
    assertTrue(
        host.in(two, "ip neigh").output().contains("172.17.0.2 dev eth0 lladdr 02:42:ac:11"));
  }

  @Test
  @DisplayName("network.md row 11: host and container reach each other by all their addresses")
  void hostAndContainer() {
    Sandbox one = host.attachBridge(1);
    host.servePeer(one, 80);
    assertEquals("172.17.0.1", onHost("curl -s -m 5 http://172.17.0.2/"));
    assertEquals(0, host.in(one, "busybox ping -c1 -w5 172.17.0.1").status());
    assertEquals(0, host.in(one, "busybox ping -c1 -w5 " + HostNamespaces.HOST).status());
  }

  @Test
  @DisplayName("network.md row 13: many at once get an address each, and give it back")
  void addressesAreUnique() {
    Set<String> addresses = ConcurrentHashMap.newKeySet();
    IntStream.rangeClosed(1, 20)
        .parallel()
        .forEach(
            i ->
                addresses.add(
                    host.attachBridge(i).endpoints().get(0).address().orElseThrow().toString()));
    assertEquals(20, addresses.size());
    IntStream.rangeClosed(1, 20).parallel().forEach(i -> host.detach(TestHost.id(i)));
    assertEquals("", onHost("ls " + root.resolve("network/sandboxes")), "nothing is written down");
    assertEquals(
        "172.17.0.2/16",
        host.attachBridge(21).endpoints().get(0).address().orElseThrow().toString());
  }

  @Test
  @DisplayName("network.md row 14: a chosen MAC address in place of the address's own")
  void chosenMac() {
    EndpointSpec spec =
        new EndpointSpec(
            "bridge", Optional.empty(), MacAddress.parse("02:00:00:00:00:77"), List.of(), 0);
    Sandbox one =
        host.attach(
            new SandboxRequest(
                TestHost.id(1),
                "m",
                new NetworkMode.Bridge(),
                List.of(spec),
                List.of(),
                false,
                Set.of(),
                List.of(),
                Optional.empty()));
    assertEquals(
        "02:00:00:00:00:77",
        host.in(one, "busybox ip -o link show eth0 | grep -o 02:[0-9a-f:]*").output());
  }

  @Test
  @DisplayName("network.md row 15: a subnet that the host uses is not taken")
  void subnetsOfTheHostAreAvoided() {
    onHost("ip link add dk0 type bridge; ip addr add 172.17.0.1/16 dev dk0; ip link set dk0 up");
    onHost("ip route add 172.18.0.0/15 via " + HostNamespaces.REMOTE);
    Sandbox one = host.attachBridge(1);
    assertEquals("172.20.0.2/16", one.endpoints().get(0).address().orElseThrow().toString());
    host.detach(TestHost.id(1));
    onHost("ip link del dk0; ip route del 172.18.0.0/15");
  }

  @Test
  @DisplayName("network.md row 16: --bip gives the bridge its address")
  void bip() {
    host.stop();
    NetworkOptions options = NetworkOptions.of(root).withSpareNamespaces(0);
    host.start(options.withBip(Cidr.of("192.168.1.1/24")), Set.of());
    Sandbox one = host.attachBridge(1);
    assertTrue(onHost("ip -4 -o addr show jdocker0").contains("192.168.1.1/24"));
    assertEquals("192.168.1.2/24", one.endpoints().get(0).address().orElseThrow().toString());
    host.stop();
    assertThrows(
        Conflict.class,
        () -> host.start(options.withBip(Cidr.of("192.168.2.1/24")), Set.of(TestHost.id(1))));
    host.start(options.withBip(Cidr.of("192.168.1.1/24")), Set.of(TestHost.id(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.0/24", "192.168.1.255/24", "192.168.1.1/31", "10.0.0.1/32"})
  @DisplayName("network.md row 16: what cannot be a bridge's address is refused")
  void wrongBip(String bip) {
    NetworkOptions options = NetworkOptions.of(root.resolve("other")).withBip(Cidr.of(bip));
    assertThrows(
        InvalidArgument.class, () -> host.machines().run(() -> Networks.open(options, KERNEL)));
  }

  @Test
  @DisplayName("network.md row 40: what people change by ip stays, and nothing breaks by it")
  void changesByHand() {
    Sandbox one = host.attachBridge(1);
    host.in(one, "ip addr add 172.17.9.9/16 dev eth0; ip route add 198.51.100.0/24 dev eth0");
    assertEquals(0, host.machines().shell("timeout 8 busybox ping -c1 -W7 172.17.9.9").status());
    host.in(one, "ip route del default; ip link set eth0 name lan0");
    host.detach(TestHost.id(1));
    assertEquals(Optional.empty(), host.with(n -> n.find(TestHost.id(1))));
  }

  @Test
  @DisplayName("network.md row 40: links, names and namespaces that people delete leave nothing")
  void deletedByHand() {
    Sandbox one = host.attachBridge(1, PortMapping.of(8001, Port.tcp(80)));
    Sandbox two = host.attachBridge(2, PortMapping.of(8002, Port.tcp(80)));
    Sandbox three = host.attachBridge(3, PortMapping.of(8003, Port.tcp(80)));
    onHost("ip link del " + hostLink(one));
    onHost("umount -l " + two.namespacePath().orElseThrow());
    onHost("rm -f /run/netns/" + three.namespaceName());
    List.of(1, 2, 3).forEach(n -> host.detach(TestHost.id(n)));
    assertFalse(onHost("iptables-save").contains("800"));
  }

  @Test
  @DisplayName("network.md row 41: bridges, pairs and namespaces of others are left alone")
  void foreignDevices() {
    onHost(
        "ip link add br-lab type bridge; ip link add vethlab0 type veth peer name vethlab1;"
            + " ip link set vethlab0 master br-lab; ip link set br-lab up");
    host.with(n -> n.create(NetworkSpec.bridge("mine")));
    host.attachBridge(1);
    onHost("ip link set vethlab1 master jdocker0"); // by hand upon our bridge
    host.with(n -> n.prune(network -> true));
    host.stop();
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1)));
    assertTrue(onHost("ip -o link show master br-lab").contains("vethlab0"));
    assertTrue(onHost("ip -o link show master jdocker0").contains("vethlab1"));
    onHost("ip link del br-lab; ip link del vethlab0");
  }

  @Test
  @DisplayName("network.md row 42: containers talk where bridged frames are filtered and dropped")
  void bridgedFramesAreFiltered() {
    onHost("iptables -P FORWARD DROP");
    Sandbox one = host.attachBridge(1);
    host.attachBridge(2);
    assertEquals(0, host.in(one, "busybox ping -c1 -w5 172.17.0.3").status());
    onHost("iptables -P FORWARD ACCEPT");
  }

  @Test
  @DisplayName("network.md row 49: net-tools show the same")
  void netTools() {
    host.attachBridge(1);
    String shown = onHost("ifconfig jdocker0");
    assertTrue(shown.contains("inet 172.17.0.1  netmask 255.255.0.0"), shown);
    assertTrue(onHost("route -n").lines().anyMatch(l -> l.matches("172.17.0.0 .*jdocker0")));
  }

  @Test
  @DisplayName("network.md row 52: what is done twice is there once, and what is undone is gone")
  void idempotence() {
    Sandbox one = host.attachBridge(1, PortMapping.of(8001, Port.tcp(80)));
    assertThrows(Conflict.class, () -> host.attachBridge(1));
    String rules = onHost("iptables-save | grep -v '^[#:]' | sort");
    host.with(n -> restored(n, TestHost.id(1)));
    assertEquals(rules, onHost("iptables-save | grep -v '^[#:]' | sort"));
    host.detach(TestHost.id(1));
    host.with(n -> detached(n, TestHost.id(1)));
    host.with(n -> detached(n, TestHost.id(9)));
    assertNotEquals(0, host.machines().shell("ip link show " + hostLink(one)).status());
  }

  private static boolean restored(Networks networks, String live) {
    return networks.restore(Set.of(live)).isEmpty();
  }

  private static boolean detached(Networks networks, String container) {
    networks.detach(container, Trace.off());
    return true;
  }

  @Test
  @DisplayName("network.md row 53: a container of an IPv4 network has no IPv6 but ::1")
  void noIpv6() {
    Sandbox one = host.attachBridge(1);
    assertEquals("", host.in(one, "ip -6 -o addr show dev eth0").output());
    assertTrue(host.in(one, "ip -6 -o addr show dev lo").output().contains("::1/128"));
  }
}
