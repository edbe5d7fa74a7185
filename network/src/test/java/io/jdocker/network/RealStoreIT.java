package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.EtcdEndpoint;
import io.jdocker.network.etcd.EtcdTls;
import io.jdocker.network.etcd.KeyValue;
import io.jdocker.network.etcd.RealEtcd;
import io.jdocker.network.overlay.ClusterOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts with Debian's etcd-server between them, whose leases run out by themselves. */
@Tag("nightly")
class RealStoreIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String CONFIG = "/coreos.com/network/config";

  @TempDir private Path folder;

  private static Ipv4 address(Sandbox sandbox) {
    return sandbox.endpoints().get(0).address().orElseThrow().address();
  }

  private static List<String> keys(Lan lan, EtcdClient client) {
    return lan.between(() -> client.list("/coreos.com/")).entries().stream()
        .map(KeyValue::key)
        .toList();
  }

  @Test
  @DisplayName("network.md row 48: a host that stays away is forgotten, and comes back")
  void leasesRunOut() {
    Lan lan = new Lan(KERNEL);
    RealEtcd etcd =
        lan.between(() -> RealEtcd.start("192.168.77.1", 12379, folder.resolve("data")));
    try (etcd;
        lan) {
      EtcdClient client = new EtcdClient(EtcdEndpoint.parse(etcd.url()), EtcdTls.NONE);
      lan.between(
          () -> {
            client.put(
                CONFIG, "{\"Network\":\"10.244.0.0/16\",\"Backend\":{\"Type\":\"vxlan\"}}", 0);
            return true;
          });
      ClusterOptions options = new ClusterOptions(etcd.url(), "", Map.of("discovery.ttl", "4"));
      LanHost one = new LanHost(lan, folder, 11, options);
      LanHost two = new LanHost(lan, folder, 12, options);
      one.createFlannel("pods");
      two.createFlannel("pods");
      one.create("blue", "10.5.0.0/24");
      Sandbox a = one.attach(1, "pods");
      Sandbox b = two.attach(2, "pods");
      TestHost.await(
          () -> two.with(Networks::list).stream().anyMatch(n -> n.name().equals("blue")));
      Sandbox c = one.attach(3, "blue");
      Sandbox d = two.attach(4, "blue");
      TestHost.await(() -> one.pings(a, address(b)) && one.pings(c, address(d)));
      two.stop();
      TestHost.await(() -> keys(lan, client).stream().noneMatch(k -> k.endsWith("/10.5.0.3")));
      TestHost.await(
          () ->
              !one.shell("ip route; ip neigh show nud permanent; bridge fdb")
                  .contains("192.168.77.12"));
      assertTrue(one.pings(a, address(a)), "its own lease was renewed all the time");
      assertEquals(List.of(), two.start());
      TestHost.await(() -> one.pings(a, address(b)) && one.pings(c, address(d)));
      one.empty();
      two.empty();
      one.remove("blue");
      one.remove("pods");
      two.remove("pods");
      assertEquals(List.of(CONFIG, "/coreos.com/network/jdocker/epoch"), keys(lan, client));
    }
  }
}
