package io.jdocker.network;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host and a remote machine that know each other by both protocols. */
abstract class DualStackFixture {
  static final Kernel KERNEL = Kernel.load();
  static final String HOST_6 = "2001:db8:1::1";
  static final String REMOTE_6 = "2001:db8:1::2";
  static final String WHOLE = "2001:db8:2::/64";

  @TempDir Path root;
  TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
    host.machines().shell("ip addr add " + HOST_6 + "/64 dev " + HostNamespaces.UPLINK + " nodad");
    host.machines()
        .remoteShell(
            "ip addr add "
                + REMOTE_6
                + "/64 dev eth0 nodad; ip -6 route add default via "
                + HOST_6);
  }

  @AfterEach
  void close() {
    host.machines().shell("ip addr del " + HOST_6 + "/64 dev " + HostNamespaces.UPLINK);
    host.close();
  }

  /** A bridge network with both protocols. */
  final Network create(String name, String subnet, boolean internal, Map<String, String> options) {
    SubnetSpec six =
        new SubnetSpec(
            Optional.of(subnet).filter(s -> !s.isEmpty()),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    NetworkSpec spec =
        new NetworkSpec(
            name,
            "bridge",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            internal,
            false,
            true,
            six,
            options,
            Map.of());
    return host.with(n -> n.create(spec));
  }

  final Network create(String name) {
    return create(name, "", false, Map.of());
  }

  final SandboxRequest request(int number, List<PortMapping> ports, EndpointSpec... endpoints) {
    return new SandboxRequest(
        TestHost.id(number),
        "u" + number,
        new NetworkMode.UserNetwork(endpoints[0].network()),
        List.of(endpoints),
        ports,
        false,
        Set.of(),
        List.of(),
        Optional.empty());
  }

  final Sandbox attach(int number, String... networks) {
    EndpointSpec[] specs =
        java.util.Arrays.stream(networks).map(EndpointSpec::on).toArray(EndpointSpec[]::new);
    return host.attach(request(number, List.of(), specs));
  }

  /** A container that tells on port 80 who calls it. */
  final Sandbox web(int number, String network, PortMapping... ports) {
    Sandbox web = host.attach(request(number, List.of(ports), EndpointSpec.on(network)));
    host.servePeer(web, 80);
    return web;
  }

  static String six(Sandbox sandbox) {
    return sandbox.endpoints().get(0).ipv6().orElseThrow().address().address().toString();
  }

  static String four(Sandbox sandbox) {
    return sandbox.endpoints().get(0).address().orElseThrow().address().toString();
  }

  final boolean reaches(Sandbox from, String address) {
    return host.in(from, "timeout 8 busybox ping -c1 -W7 " + address).status() == 0;
  }

  /** For what must not answer at all. */
  final boolean pings(Sandbox from, String address) {
    return host.in(from, "timeout 2 busybox ping -c1 -W1 " + address).status() == 0;
  }

  /** Who the server sees; empty text where nobody answers. */
  final String callFromRemote(String address) {
    return host.machines().remoteShell("curl -sg -m 5 http://" + address + "/").output();
  }

  /** For what must not be answered. */
  final boolean isOpenToRemote(String address) {
    return host.machines().remoteShell("curl -sg -m 1 http://" + address + "/").status() == 0;
  }
}
