package io.jdocker.network.driver;

import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.Firewalls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class BridgeDriverIT extends DriverContract {
  private static final IpamConfig IPAM = IpamConfig.of(Cidr.of("10.9.0.0/24"), Ipv4.of("10.9.0.1"));

  private Rtnetlink host;
  private LinkReaper reaper;
  private Firewall firewall;

  @Override
  Driver create() {
    host = Rtnetlink.open(KERNEL);
    reaper = new LinkReaper(KERNEL);
    firewall = Firewall.of("jdocker0", true, "");
    return new BridgeDriver(host, reaper, new Firewalls(firewall, Firewall.ofIpv6("jdocker0", "")));
  }

  @Override
  void destroy() {
    firewall.removeAll();
    firewall.close();
    reaper.close();
    host.close();
  }

  @Override
  Network network() {
    return new Network(
        "n1",
        "blue",
        "bridge",
        Instant.EPOCH,
        Optional.of(IPAM),
        "br-blue",
        false,
        false,
        Map.of(BridgeOptions.MTU, "1400"),
        Map.of());
  }

  @Override
  Endpoint endpoint() {
    return new Endpoint(
        "e1",
        "n1",
        "blue",
        "eth0",
        "vethblue",
        Optional.of(Cidr.of("10.9.0.2/24")),
        Optional.of(IPAM.gateway()),
        Optional.of(MacAddress.of(Ipv4.of("10.9.0.2"))),
        true,
        false,
        List.of());
  }
}
