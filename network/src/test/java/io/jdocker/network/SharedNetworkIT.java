package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.Unavailable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network with a subnet of its own, which every host of a cluster sees. */
class SharedNetworkIT {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path folder;
  private Lan lan;
  private LanHost one;
  private LanHost two;

  @BeforeEach
  void open() {
    lan = new Lan(KERNEL);
    one = new LanHost(lan, folder, 11);
    two = new LanHost(lan, folder, 12);
  }

  @AfterEach
  void close() {
    lan.close();
  }

  private static boolean knows(LanHost host, String network) {
    return host.with(Networks::list).stream().anyMatch(n -> n.name().equals(network));
  }

  private static Ipv4 address(Sandbox sandbox) {
    return sandbox.endpoints().get(0).address().orElseThrow().address();
  }

  private static String ask(LanHost host, Sandbox from, String name) {
    return host.in(from, "python3 " + NameServerFixture.script("ask.py") + " " + name);
  }

  @Test
  @DisplayName(
      "network.md row 47: containers of two hosts are on one network: addresses, packets, names")
  void twoHosts() {
    Network made = one.create("blue", "10.5.0.0/24");
    TestHost.await(() -> knows(two, "blue"));
    assertEquals(made, two.with(n -> n.get("blue")));
    Sandbox a = one.attach(1, "blue");
    Sandbox b = two.attach(2, "blue");
    assertEquals(List.of("10.5.0.2", "10.5.0.3"), List.of("" + address(a), "" + address(b)));
    TestHost.await(() -> one.pings(a, address(b)));
    assertTrue(two.pings(b, address(a)));
    String mtu = one.in(a, "ip -o link show eth0");
    assertTrue(mtu.contains("mtu 1450"), mtu);
    TestHost.await(() -> ask(one, a, "c2 A").contains("10.5.0.3"));
    assertTrue(ask(two, b, "c1 A").contains("10.5.0.2"));
  }

  @Test
  void whatOneHostHasNoOtherCanTakeOrRemove() {
    one.create("blue", "10.5.0.0/24");
    TestHost.await(() -> knows(two, "blue"));
    one.attach(1, new EndpointSpec("blue", Ipv4.parse("10.5.0.9"), Optional.empty(), List.of(), 0));
    EndpointSpec same =
        new EndpointSpec("blue", Ipv4.parse("10.5.0.9"), Optional.empty(), List.of(), 0);
    assertEquals(
        "Address already in use: 10.5.0.9",
        assertThrows(Conflict.class, () -> two.attach(2, same)).getMessage());
    assertThrows(Conflict.class, () -> two.create("blue", "10.6.0.0/24"));
    assertThrows(Forbidden.class, () -> two.create("green", "10.5.0.0/25"));
    Forbidden used = assertThrows(Forbidden.class, () -> two.remove("blue"));
    assertTrue(
        used.getMessage().endsWith("has active endpoints on host 192.168.77.11"), used::getMessage);
    one.detach(1);
    two.remove("blue");
    TestHost.await(() -> !knows(one, "blue"));
    assertFalse(one.shell("ip link").contains("vx-"));
    assertEquals(
        List.of("/coreos.com/network/jdocker/epoch"), List.copyOf(lan.etcd().all().keySet()));
  }

  private String endpoint(Network network, String address) {
    return "/coreos.com/network/jdocker/endpoints/" + network.id() + "/" + address;
  }

  private static List<String> warnings(LanHost host) {
    return host.with(n -> n.cluster().orElseThrow().warnings());
  }

  @Test
  void whileTheStoreIsAwayContainersGoOnAndNoneCanCome() {
    Network blue = one.create("blue", "10.5.0.0/24");
    TestHost.await(() -> knows(two, "blue"));
    Sandbox a = one.attach(1, "blue");
    Sandbox b = two.attach(2, "blue");
    TestHost.await(() -> one.pings(a, address(b)));
    TestHost.await(() -> ask(one, a, "c2 A").contains("10.5.0.3"));
    lan.etcd().stop();
    TestHost.await(() -> !warnings(one).isEmpty());
    assertTrue(one.pings(a, address(b)));
    assertTrue(ask(one, a, "c2 A").contains("10.5.0.3"));
    Unavailable away = assertThrows(Unavailable.class, () -> one.attach(3, "blue"));
    assertTrue(away.getMessage().contains("does not answer"), away::getMessage);
    assertThrows(Unavailable.class, () -> one.create("green", "10.6.0.0/24"));
    two.detach(2);
    one.stop();
    assertEquals(List.of(), one.start(), "an engine starts without the store");
    lan.restartEtcd();
    TestHost.await(() -> !lan.etcd().all().containsKey(endpoint(blue, "10.5.0.3")));
    TestHost.await(() -> warnings(one).isEmpty());
    TestHost.await(() -> !one.shell("bridge fdb").contains("192.168.77.12"));
    assertEquals(
        "10.5.0.3", address(one.attach(3, "blue")).toString(), "what was given back meanwhile");
  }

  @Test
  void anEngineThatComesBackKeepsWhatItsContainersHave() {
    Network blue = one.create("blue", "10.5.0.0/24");
    TestHost.await(() -> knows(two, "blue"));
    Sandbox a = one.attach(1, "blue");
    Sandbox b = two.attach(2, "blue");
    TestHost.await(() -> one.pings(a, address(b)));
    TestHost.await(() -> lan.etcd().all().get(endpoint(blue, "10.5.0.2")).contains("c1"));
    String written = lan.etcd().all().get(endpoint(blue, "10.5.0.2"));
    one.stop();
    lan.etcd().expire(endpoint(blue, "10.5.0.2"));
    TestHost.await(() -> !two.shell("bridge fdb").contains("192.168.77.11"));
    assertEquals(List.of(), one.start());
    TestHost.await(() -> written.equals(lan.etcd().all().get(endpoint(blue, "10.5.0.2"))));
    TestHost.await(() -> two.pings(b, address(a)));
    TestHost.await(() -> ask(one, a, "c2 A").contains("10.5.0.3"));
    TestHost.await(() -> ask(two, b, "c1 A").contains("10.5.0.2"));
    lan.etcd().expire(endpoint(blue, "10.5.0.2"));
    TestHost.await(() -> lan.etcd().all().containsKey(endpoint(blue, "10.5.0.2")));
    one.stop();
    lan.etcd().put(endpoint(blue, "10.5.0.2"), "{\"Host\":\"192.168.77.99\"}");
    one.start();
    TestHost.await(
        () -> warnings(one).toString().contains("was given to another host's container"));
    lan.etcd().delete(endpoint(blue, "10.5.0.2"));
    TestHost.await(() -> written.equals(lan.etcd().all().get(endpoint(blue, "10.5.0.2"))));
  }

  @Test
  void entriesThatMakeNoSenseAreSaidAndLeftAlone() {
    Network blue = one.create("blue", "10.5.0.0/24");
    String root = "/coreos.com/network/jdocker/";
    lan.etcd().put(root + "networks/junk", "{\"id\":7");
    lan.etcd().put(root + "networks/other", lan.etcd().all().get(root + "networks/blue"));
    lan.etcd().put(endpoint(blue, "10.5.0.2"), "junk");
    lan.etcd().put(endpoint(blue, "10.5.0.77"), "{\"Host\":\"1.2.3.4\",\"MAC\":\"x\"}");
    TestHost.await(() -> warnings(two).size() == 4);
    assertFalse(knows(two, "junk"));
    assertEquals("10.5.0.3", address(two.attach(2, "blue")).toString(), "taken is taken");
    List.copyOf(lan.etcd().all().keySet()).stream()
        .filter(k -> k.contains("junk") || k.contains("other") || k.endsWith("10.5.0.2"))
        .forEach(lan.etcd()::delete);
    lan.etcd().delete(endpoint(blue, "10.5.0.77"));
    TestHost.await(() -> warnings(two).isEmpty());
  }

  @Test
  void aNetworkThatOverlapsOneOfTheHostIsNotForItsContainers() {
    two.with(n -> n.create(bridge("mine", "10.5.0.0/25")));
    one.create("blue", "10.5.0.0/24");
    TestHost.await(() -> warnings(two).toString().contains("overlaps that of network mine"));
    assertFalse(knows(two, "blue"));
    assertTrue(
        assertThrows(Forbidden.class, () -> one.create("red", "10.5.0.128/25"))
            .getMessage()
            .contains("Pool overlaps"));
  }

  private static NetworkSpec bridge(String name, String subnet) {
    return new NetworkSpec(
        name,
        "bridge",
        Optional.of(subnet),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        false,
        false,
        Map.of(),
        Map.of());
  }
}
