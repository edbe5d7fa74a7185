package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.failure.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts of one flannel network, each a network namespace, with an etcd between them. */
class FlannelIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String SUBNETS = "/coreos.com/network/subnets/";

  @TempDir private Path folder;
  private Lan lan;

  @BeforeEach
  void open() {
    lan = new Lan(KERNEL);
    config("\"Type\":\"vxlan\",\"VNI\":1,\"Port\":8472");
  }

  @AfterEach
  void close() {
    lan.close();
  }

  private void config(String backend) {
    lan.etcd()
        .put(
            "/coreos.com/network/config",
            "{\"Network\":\"10.244.0.0/16\",\"Backend\":{" + backend + "}}");
  }

  private LanHost host(int number) {
    LanHost host = new LanHost(lan, folder, number);
    host.createFlannel("pods");
    return host;
  }

  private static Ipv4 address(Sandbox sandbox) {
    return sandbox.endpoints().get(0).address().orElseThrow().address();
  }

  private static Cidr subnet(LanHost host) {
    return host.with(n -> n.get("pods")).ipam().orElseThrow().subnet();
  }

  private static String key(Cidr subnet) {
    return SUBNETS + subnet.toString().replace('/', '-');
  }

  private static List<String> warnings(LanHost host) {
    return host.with(n -> n.cluster().orElseThrow().warnings());
  }

  @Test
  @DisplayName("network.md row 48: hosts lease subnets, join and leave while their containers talk")
  void threeHosts() {
    LanHost one = host(11);
    LanHost two = host(12);
    Sandbox a = one.attach(1, "pods");
    Sandbox b = two.attach(2, "pods");
    TestHost.await(() -> one.pings(a, address(b)));
    assertTrue(two.pings(b, address(a)));
    assertTrue(one.in(a, "ip -o link show eth0").contains("mtu 1450"));
    LanHost three = host(13);
    Sandbox c = three.attach(3, "pods");
    TestHost.await(() -> one.pings(a, address(c)) && two.pings(b, address(c)));
    String before = one.shell("ip route; ip neigh show nud permanent; bridge fdb");
    assertTrue(before.contains(subnet(three) + " via " + subnet(three).first()), before);
    three.detach(3);
    three.remove("pods");
    TestHost.await(() -> one.with(n -> n.cluster().orElseThrow().peers(n.get("pods"))).size() == 1);
    String after = one.shell("ip route; ip neigh show nud permanent; bridge fdb");
    assertFalse(after.contains("192.168.77.13"), after);
    assertTrue(one.pings(a, address(b)), "the others never noticed");
  }

  @Test
  @DisplayName(
      "network.md row 48: the source address is kept between hosts, and hidden from the world")
  void translation() {
    LanHost one = host(11);
    LanHost two = host(12);
    Sandbox a = one.attach(1, "pods");
    Sandbox b = two.attach(2, "pods");
    TestHost.await(() -> one.pings(a, address(b)));
    String server = "timeout 30 busybox nc -l -p 80 -e busybox sh -c 'ss -Htn sport = :80'";
    two.in(b, "(" + server + ") >/dev/null 2>&1 &");
    TestHost.await(() -> two.in(b, "ss -Hltn sport = :80").contains("LISTEN"));
    String seen = one.in(a, "busybox nc -w 5 " + address(b) + " 80 </dev/null");
    assertTrue(seen.contains(address(a) + "]:"), seen);
    String rules = one.shell("iptables-save -t nat");
    assertTrue(rules.contains("-s " + subnet(one) + " -d 10.244.0.0/16 "), rules);
    assertTrue(one.pings(a, Ipv4.of("192.168.77.1")), "which knows no way back to 10.244.0.0/16");
  }

  @Test
  @DisplayName("network.md row 48: a peer that flannel itself has programmed")
  void aPeerAsFlannelWritesIt() throws IOException {
    LanHost one = host(11);
    Sandbox a = one.attach(1, "pods");
    Cidr own = subnet(one);
    String mac = one.shell("ip -o link show flannel.1");
    String vtep = mac.replaceAll("(?s).*link/ether ([0-9a-f:]{17}).*", "$1");
    assertEquals(
        "{\"PublicIP\":\"192.168.77.11\",\"PublicIPv6\":null,\"BackendType\":\"vxlan\","
            + ("\"BackendData\":{\"VNI\":1,\"VtepMAC\":\"" + vtep + "\"}}"),
        lan.etcd().all().get(key(own)));
    assertEquals(86400, lan.etcd().lifeOf(key(own)));
    assertEquals(
        "FLANNEL_NETWORK=10.244.0.0/16\nFLANNEL_SUBNET="
            + new Cidr(own.first().plus(1), 24)
            + "\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n",
        Files.readString(one.options().root().resolve("subnet.env")));
    String device = one.shell("ip -d -o link show flannel.1; ip -4 -o address show flannel.1");
    assertTrue(device.contains("vxlan id 1 local 192.168.77.11 dev eth0"), device);
    assertTrue(device.contains("dstport 8472 nolearning"), device);
    assertTrue(device.contains(own.first() + "/32"), device);
    try (Fd peer = lan.newNamespace()) {
      lan.plug(peer, 14);
      programAsFlannel(peer, own, vtep);
      lan.etcd()
          .putLeased(
              SUBNETS + "10.244.200.0-24",
              "{\"PublicIP\":\"192.168.77.14\",\"PublicIPv6\":null,\"BackendType\":\"vxlan\","
                  + "\"BackendData\":{\"VNI\":1,\"VtepMAC\":\"1a:60:d4:51:1b:35\"}}");
      TestHost.await(() -> one.pings(a, Ipv4.of("10.244.200.1")));
      String known =
          one.shell("ip route; ip neigh show nud permanent; bridge fdb show dev flannel.1");
      assertTrue(known.contains("10.244.200.0/24 via 10.244.200.0 dev flannel.1 onlink"), known);
      assertTrue(
          known.contains("10.244.200.0 dev flannel.1 lladdr 1a:60:d4:51:1b:35 PERMANENT"), known);
      assertTrue(known.contains("1a:60:d4:51:1b:35 dst 192.168.77.14 self permanent"), known);
      lan.etcd().expire(SUBNETS + "10.244.200.0-24");
      TestHost.await(() -> !one.shell("ip route; bridge fdb").contains("200.0"));
      assertFalse(one.shell("bridge fdb show dev flannel.1").contains("192.168.77.14"));
      assertFalse(one.shell("ip neigh show nud permanent").contains("10.244.200.0"));
    }
  }

  /** What flannel does on its side, typed. */
  private void programAsFlannel(Fd peer, Cidr other, String vtep) {
    String script =
        "set -e; ip link add flannel.1 address 1a:60:d4:51:1b:35 mtu 1450 type vxlan id 1"
            + " local 192.168.77.14 dev eth0 dstport 8472 nolearning; ip link set flannel.1 up;"
            + " ip address add 10.244.200.0/32 dev flannel.1;"
            + " ip address add 10.244.200.1/24 dev lo;"
            + (" ip neigh replace "
                + other.first()
                + " lladdr "
                + vtep
                + " dev flannel.1 nud permanent;")
            + (" bridge fdb replace " + vtep + " dev flannel.1 dst 192.168.77.11 self permanent;")
            + (" ip route replace " + other + " via " + other.first() + " dev flannel.1 onlink");
    assertEquals("", lan.in(peer, () -> LanHost.execute(script)));
  }

  @Test
  void whileTheStoreIsAwayTrafficGoesOnAndTheEngineSaysSo() {
    LanHost one = host(11);
    LanHost two = host(12);
    Sandbox a = one.attach(1, "pods");
    Sandbox b = two.attach(2, "pods");
    TestHost.await(() -> one.pings(a, address(b)));
    assertEquals(List.of(), warnings(one));
    lan.etcd().stop();
    TestHost.await(
        () -> warnings(one).toString().contains("cluster store etcd://192.168.77.1:2379"));
    assertTrue(one.pings(a, address(b)));
    Sandbox more = one.attach(3, "pods");
    assertTrue(one.pings(more, address(b)), "a host gives out its own addresses");
    one.stop();
    assertEquals(List.of(), one.start(), "an engine starts without the store");
    assertTrue(one.pings(a, address(b)));
    lan.restartEtcd();
    lan.etcd()
        .put(
            SUBNETS + "10.244.250.0-24",
            "{\"PublicIP\":\"192.168.77.15\",\"BackendType\":\"vxlan\","
                + "\"BackendData\":{\"VNI\":1,\"VtepMAC\":\"1a:60:d4:51:1b:36\"}}");
    TestHost.await(() -> one.shell("ip route").contains("10.244.250.0/24"));
    TestHost.await(() -> warnings(one).isEmpty());
    assertTrue(one.pings(a, address(b)));
  }

  @Test
  void whatAnEngineBeforeKnewOfHostsThatAreGoneIsForgotten() {
    LanHost one = host(11);
    LanHost two = host(12);
    Cidr gone = subnet(two);
    TestHost.await(() -> one.shell("ip route").contains(gone + " via"));
    one.stop();
    two.remove("pods");
    lan.etcd().compact();
    one.shell("ip route add 10.244.99.0/24 via 10.244.99.0 dev flannel.1 onlink");
    one.start();
    TestHost.await(() -> !one.shell("ip route; bridge fdb").contains(gone.first().toString()));
    TestHost.await(() -> !one.shell("ip route").contains("10.244.99.0"));
    assertFalse(one.shell("bridge fdb show dev flannel.1").contains("192.168.77.12"));
  }

  @Test
  void theLeaseIsTakenAgainWhenSomebodyDeletesIt() {
    LanHost one = host(11);
    Cidr own = subnet(one);
    TestHost.await(() -> one.shell("ip -o link").contains("flannel.1"));
    lan.etcd().delete(key(own));
    TestHost.await(() -> lan.etcd().all().containsKey(key(own)));
    lan.etcd().expire(key(own));
    TestHost.await(() -> lan.etcd().all().containsKey(key(own)));
    lan.etcd().put(key(own), "{\"PublicIP\":\"192.168.77.77\",\"BackendType\":\"vxlan\"}");
    one.stop();
    one.start();
    TestHost.await(() -> warnings(one).toString().contains("is leased to another host now"));
  }

  @Test
  void entriesThatMakeNoSenseAreSaidAndLeftAlone() {
    LanHost one = host(11);
    LanHost two = host(12);
    Sandbox a = one.attach(1, "pods");
    Sandbox b = two.attach(2, "pods");
    lan.etcd().put(SUBNETS + "10.244.77.0-24", "\u0000\u0001junk");
    lan.etcd().put(SUBNETS + "10.9.0.0-24", lan.etcd().all().get(key(subnet(two))));
    lan.etcd()
        .put(SUBNETS + "10.244.78.0-24", "{\"PublicIP\":\"1.2.3.4\",\"BackendType\":\"udp\"}");
    TestHost.await(() -> warnings(one).size() == 3);
    assertTrue(warnings(one).get(0).startsWith("the store's entry " + SUBNETS + "10.244.77.0-24"));
    TestHost.await(() -> one.pings(a, address(b)));
    lan.etcd().delete(SUBNETS + "10.244.77.0-24");
    TestHost.await(() -> warnings(one).size() == 2);
  }

  @Test
  @DisplayName(
      "network.md row 48: DirectRouting and host-gw route to hosts of the LAN without a tunnel")
  void directRouting() {
    config("\"Type\":\"vxlan\",\"DirectRouting\":true");
    LanHost one = host(11);
    LanHost two = host(12);
    Sandbox a = one.attach(1, "pods");
    Sandbox b = two.attach(2, "pods");
    TestHost.await(() -> one.pings(a, address(b)));
    assertTrue(one.shell("ip route").contains(subnet(two) + " via 192.168.77.12 dev eth0"));
    assertEquals("", one.shell("bridge fdb show dev flannel.1 | grep dst || true"));
    one.detach(1);
    one.remove("pods");
    config("\"Type\":\"host-gw\"");
    LanHost three = host(13);
    LanHost four = host(14);
    Sandbox c = three.attach(3, "pods");
    Sandbox d = four.attach(4, "pods");
    TestHost.await(() -> three.pings(c, address(d)));
    assertTrue(three.in(c, "ip -o link show eth0").contains("mtu 1500"));
    assertFalse(three.shell("ip link").contains("flannel"));
  }

  @Test
  void mistakesAreNamedAndLeaveNothing() {
    LanHost one = new LanHost(lan, folder, 11);
    lan.etcd().delete("/coreos.com/network/config");
    assertThrows(NotFound.class, () -> one.createFlannel("pods"));
    lan.etcd().put("/coreos.com/network/config", "{");
    assertThrows(SystemFailure.class, () -> one.createFlannel("pods"));
    config("\"Type\":\"wireguard\"");
    assertThrows(Unsupported.class, () -> one.createFlannel("pods"));
    config("\"Type\":\"vxlan\"");
    lan.etcd().refuse("etcdserver: no leader");
    Unavailable away = assertThrows(Unavailable.class, () -> one.createFlannel("pods"));
    assertTrue(away.getMessage().endsWith("it says 503: etcdserver: no leader"), away::getMessage);
    lan.etcd().refuse("");
    one.createFlannel("pods");
    assertTrue(
        assertThrows(Forbidden.class, () -> one.createFlannel("more"))
            .getMessage()
            .startsWith("network pods is this host's part"));
    assertEquals(2, lan.etcd().all().size(), "config and one lease");
    one.remove("pods");
    assertEquals(1, lan.etcd().all().size());
    NetworkSpec inside =
        new NetworkSpec(
            "pods",
            "overlay",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            true,
            false,
            false,
            Map.of(),
            Map.of());
    assertThrows(Forbidden.class, () -> one.with(n -> n.create(inside)));
    assertEquals(1, lan.etcd().all().size());
  }
}
