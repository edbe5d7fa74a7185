package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts of one flannel network, each a network namespace, with an etcd between them. */
class FlannelIT {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path folder;
  private Lan lan;

  @BeforeEach
  void open() {
    lan = new Lan(KERNEL);
    lan.etcd()
        .put(
            "/coreos.com/network/config",
            "{\"Network\":\"10.244.0.0/16\",\"Backend\":{\"Type\":\"vxlan\"}}");
  }

  @AfterEach
  void close() {
    lan.close();
  }

  @Test
  @DisplayName("48 two hosts lease subnets, and their containers see each other's own addresses")
  void twoHosts() {
    LanHost one = new LanHost(lan, folder, 11);
    LanHost two = new LanHost(lan, folder, 12);
    one.createFlannel("pods");
    two.createFlannel("pods");
    Sandbox a = one.attach(1, "pods");
    Sandbox b = two.attach(2, "pods");
    Ipv4 there = b.endpoints().get(0).address().orElseThrow().address();
    TestHost.await(() -> one.pings(a, there));
    assertTrue(two.pings(b, a.endpoints().get(0).address().orElseThrow().address()));
    String mtu = one.in(a, "ip -o link show eth0");
    assertTrue(mtu.contains("mtu 1450"), mtu);
  }
}
