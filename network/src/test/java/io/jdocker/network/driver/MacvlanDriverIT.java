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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class MacvlanDriverIT extends DriverContract {
  private Rtnetlink host;
  private LinkReaper reaper;

  @Override
  Driver create() {
    host = Rtnetlink.open(KERNEL);
    reaper = new LinkReaper(KERNEL);
    return StackedDriver.macvlan(host, reaper);
  }

  @Override
  void destroy() {
    reaper.close();
    host.close();
  }

  @Override
  Network network() {
    return new Network(
        "n1",
        "lan",
        "macvlan",
        Instant.EPOCH,
        Optional.of(IpamConfig.of(Cidr.of("203.0.113.0/24"), Ipv4.of("203.0.113.2"))),
        "",
        false,
        false,
        Map.of(ParentLink.OPTION, HostNamespaces.UPLINK, BridgeOptions.MTU, "1400"),
        Map.of());
  }

  @Override
  Endpoint endpoint() {
    return new Endpoint(
        "e1",
        "n1",
        "lan",
        "eth0",
        "",
        Optional.of(Cidr.of("203.0.113.9/24")),
        Optional.of(Ipv4.of("203.0.113.2")),
        Optional.of(MacAddress.of(Ipv4.of("203.0.113.9"))),
        true,
        false,
        List.of());
  }
}
