package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import java.nio.file.Path;
import java.util.List;
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
  @DisplayName("47 containers of two hosts are on one network: addresses, packets, names")
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
}
