package io.jdocker.network.driver;

import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class HostDeviceDriverIT extends DriverContract {
  @TempDir private Path folder;
  private Rtnetlink host;

  @Override
  Driver create() {
    host = Rtnetlink.open(KERNEL);
    return new HostDeviceDriver(KERNEL, host, folder);
  }

  @Override
  void destroy() {
    host.close();
  }

  @Override
  Network network() {
    return new Network(
        "n1",
        "card",
        "host-device",
        Instant.EPOCH,
        Optional.empty(),
        "",
        false,
        false,
        Map.of(HostDeviceDriver.DEVICE, HostNamespaces.UPLINK),
        Map.of());
  }

  @Override
  Endpoint endpoint() {
    return new Endpoint(
        "e1",
        "n1",
        "card",
        "eth0",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of());
  }
}
