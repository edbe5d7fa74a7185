package io.jdocker.network.driver;

import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.etcd.FakeEtcd;
import io.jdocker.network.firewall.Firewalls;
import io.jdocker.network.overlay.Cluster;
import io.jdocker.network.overlay.ClusterOptions;
import io.jdocker.network.overlay.OverlayDriver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class OverlayDriverIT extends DriverContract {
  private Rtnetlink host;
  private LinkReaper reaper;
  private Firewalls firewalls;
  private FakeEtcd etcd;
  private Cluster cluster;

  @Override
  Driver create() {
    host = Rtnetlink.open(KERNEL);
    reaper = new LinkReaper(KERNEL);
    firewalls = Firewalls.of("jdocker0", System.getenv("PATH"));
    etcd = FakeEtcd.start(HostNamespaces.HOST, 2379);
    ClusterOptions options = new ClusterOptions(etcd.url(), HostNamespaces.HOST, Map.of());
    cluster = Cluster.open(options, host, reaper, Path.of("/nonexistent"));
    return new OverlayDriver(
        new BridgeDriver(host, reaper, firewalls), firewalls.four(), Optional.of(cluster));
  }

  @Override
  void destroy() {
    cluster.close();
    etcd.close();
    firewalls.removeAll();
    firewalls.close();
    reaper.close();
    host.close();
  }

  @Override
  Network network() {
    return new Network(
        "0123456789ab" + "0".repeat(52),
        "blue",
        "overlay",
        Instant.EPOCH,
        Optional.of(IpamConfig.of(Cidr.of("10.5.0.0/24"), Ipv4.of("10.5.0.1"))),
        "br-0123456789ab",
        false,
        false,
        Map.of("com.docker.network.driver.overlay.vxlanid_list", "4097", BridgeOptions.MTU, "1450"),
        Map.of());
  }

  @Override
  Endpoint endpoint() {
    return new Endpoint(
        "e1",
        network().id(),
        "blue",
        "eth0",
        "veth0123456",
        Optional.of(Cidr.of("10.5.0.2/24")),
        Optional.of(Ipv4.of("10.5.0.1")),
        Optional.of(MacAddress.of(Ipv4.of("10.5.0.2"))),
        true,
        false,
        List.of());
  }
}
