package io.jdocker.network.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.PortBinding;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortAllocatorIT {
  private static final Kernel KERNEL = Kernel.load();

  private HostNamespaces machines;
  private Relay relay;
  private PortAllocator allocator;

  @BeforeEach
  void open() {
    machines = HostNamespaces.create(KERNEL);
    relay = new Relay(KERNEL);
    allocator = new PortAllocator(KERNEL, relay);
  }

  @AfterEach
  void close() {
    relay.close();
    assertEquals("", machines.shell("ss -Hlntu").output());
    machines.close();
  }

  private Reservation reserve(String... values) {
    return machines.run(
        () -> allocator.reserve(PortMappings.parseAll(List.of(values)), PortWays.IPV4));
  }

  @Test
  void anAddressAndAllAddressesClash() {
    try (Reservation all = reserve("8080:80")) {
      assertEquals(
          List.of("0.0.0.0", "::"), all.bindings().stream().map(PortBinding::hostAddress).toList());
      SystemFailure clash = assertThrows(SystemFailure.class, () -> reserve("127.0.0.1:8080:80"));
      assertEquals("Bind for 127.0.0.1:8080 failed: port is already allocated", clash.getMessage());
      assertThrows(SystemFailure.class, () -> reserve("[::1]:8080:80"));
      reserve("8080:80/udp").close(); // another protocol is another port
    }
    try (Reservation loopback = reserve("127.0.0.1:8080:80")) {
      assertThrows(SystemFailure.class, () -> reserve("8080:80"));
      reserve("127.0.0.2:8080:80").close();
      assertEquals(1, loopback.bindings().size());
    }
  }

  @Test
  void allOrNothingIsTaken() {
    try (Reservation one = reserve("9001:80")) {
      assertThrows(SystemFailure.class, () -> reserve("9000:80", "9001:81"));
      reserve("9000:80").close();
      assertEquals(9001, one.bindings().get(0).hostPort());
    }
  }

  @Test
  void freePortsFollowTheKernelsRange() {
    machines.hostSetting("net/ipv4/ip_local_port_range", "40000 40002");
    try (Reservation three = reserve("80", "81", "82")) {
      assertEquals(
          List.of(40000, 40001, 40002),
          three.bindings().stream().filter(b -> !b.isIpv6()).map(PortBinding::hostPort).toList());
      assertTrue(
          assertThrows(SystemFailure.class, () -> reserve("83"))
              .getMessage()
              .contains("all ports of the host are allocated"));
    }
    reserve("83").close();
  }

  @Test
  void anAddressTheHostLacksIsNamed() {
    InvalidArgument missing = assertThrows(InvalidArgument.class, () -> reserve("192.0.2.9:80:80"));
    assertTrue(missing.getMessage().contains("cannot assign requested address"));
    assertTrue(missing.getMessage().contains("192.0.2.9"));
  }
}
