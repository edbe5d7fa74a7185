package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with IPv6 beside IPv4. */
final class DualStackIT {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private Network create(String name, Optional<String> subnet6, boolean internal) {
    SubnetSpec six = new SubnetSpec(subnet6, Optional.empty(), Optional.empty(), Map.of());
    return host.with(
        n ->
            n.create(
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
                    Map.of(),
                    Map.of())));
  }

  private Sandbox attach(int number, EndpointSpec... endpoints) {
    return host.attach(
        new SandboxRequest(
            TestHost.id(number),
            "u" + number,
            new NetworkMode.UserNetwork(endpoints[0].network()),
            List.of(endpoints),
            List.of(),
            false,
            java.util.Set.of(),
            List.of(),
            Optional.empty()));
  }

  private boolean reaches(Sandbox from, String address) {
    return host.in(from, "timeout 8 busybox ping -c1 -W7 " + address).status() == 0;
  }

  @Test
  @DisplayName("network.md row 53: two containers reach each other, and the host, by IPv6")
  void containersReachEachOtherByIpv6() {
    Network network = create("six", Optional.empty(), false);
    Cidr6 subnet = network.ipam6().orElseThrow().subnet();
    assertTrue(subnet.toString().matches("fd[0-9a-f]{2}:.*::/64"), subnet.toString());
    Sandbox one = attach(1, EndpointSpec.on("six"));
    Sandbox two = attach(2, EndpointSpec.on("six"));
    Ipv6 first = one.endpoints().get(0).ipv6().orElseThrow().address().address();
    Ipv6 second = two.endpoints().get(0).ipv6().orElseThrow().address().address();
    assertEquals(subnet.first().plus(2), first);
    assertEquals(subnet.first().plus(3), second);
    assertTrue(reaches(one, second.toString()));
    assertTrue(reaches(two, first.toString()));
    assertTrue(reaches(one, subnet.first().plus(1).toString()), "the bridge");
    String routes = host.in(one, "ip -6 route show default").output();
    assertTrue(routes.contains("via " + subnet.first().plus(1) + " dev eth0"), routes);
  }
}
