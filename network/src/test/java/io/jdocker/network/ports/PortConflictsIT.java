package io.jdocker.network.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ports can be held beside one another, and which of a range is taken. */
class PortConflictsIT {
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

  private static String text(Reservation reservation) {
    return reservation.bindings().stream()
        .filter(b -> !b.isIpv6())
        .map(b -> b.hostPort() + ">" + b.container())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0} beside {1}: {2}")
  @CsvSource({
    "80:80,               81:80,               true",
    "80:80,               80:81,               false",
    "80:80,               80:80/udp,           true",
    "80:80/udp,           80:80/udp,           false",
    "80:80,               127.0.0.1:80:80,     false",
    "127.0.0.1:80:80,     80:80,               false",
    "127.0.0.1:80:80,     203.0.113.1:80:80,   true",
    "127.0.0.1:80:80,     127.0.0.1:80:80,     false",
    "0.0.0.0:80:80,       '[::]:80:80',        true", // the two protocols are apart
    "0.0.0.0:80:80,       '[::1]:80:80',       true",
    "'[::]:80:80',        '[::1]:80:80',       false",
    "'[::1]:80:80',       '[::]:80:80',        false",
    "80:80,               '[::1]:80:80',       false", // localhost works by either
  })
  void twoContainers(String first, String second, boolean both) {
    try (Reservation held = reserve(first)) {
      if (both) {
        reserve(second).close();
      } else {
        String told = assertThrows(SystemFailure.class, () -> reserve(second)).getMessage();
        assertTrue(told.endsWith("failed: port is already allocated"), told);
      }
      assertEquals(false, held.bindings().isEmpty());
    }
    reserve(second).close();
  }

  @Test
  void theFirstFreePortOfARangeIsTakenUntilThereIsNone() {
    try (Reservation one = reserve("9000-9002:80");
        Reservation two = reserve("9000-9002:80");
        Reservation three = reserve("9002-9003:80", "9002-9004:81")) {
      assertEquals("9000>80/tcp", text(one));
      assertEquals("9001>80/tcp", text(two));
      assertEquals("9002>80/tcp 9003>81/tcp", text(three));
      EngineException none = assertThrows(SystemFailure.class, () -> reserve("9000-9003:80"));
      assertEquals("Bind for 0.0.0.0:9003 failed: port is already allocated", none.getMessage());
    }
    try (Reservation one = reserve("9000:80");
        Reservation again = reserve("9000-9002:80")) {
      assertEquals("9000>80/tcp 9001>80/tcp", text(one) + " " + text(again), "given back");
    }
  }

  @Test
  void rangesOneToOneAreTakenWholeOrNotAtAll() {
    try (Reservation middle = reserve("9001:80")) {
      assertThrows(SystemFailure.class, () -> reserve("9000-9002:80-82"));
      reserve("9000:80", "9002:80").close();
      assertEquals("9001>80/tcp", text(middle));
    }
    try (Reservation all = reserve("9000-9002:80-82")) {
      assertEquals("9000>80/tcp 9001>81/tcp 9002>82/tcp", text(all));
    }
  }

  @Test
  void afterARestartExactlyThesePortsAreTakenAgain() {
    List<PortBinding> bindings =
        List.of(
            new PortBinding(Port.tcp(80), "0.0.0.0", 9000),
            new PortBinding(Port.udp(53), "127.0.0.1", 9053));
    try (Reservation restored = machines.run(() -> allocator.restore(bindings))) {
      assertEquals(bindings, restored.bindings());
      assertThrows(SystemFailure.class, () -> reserve("9000:81"));
      assertThrows(
          SystemFailure.class, () -> machines.run(() -> allocator.restore(bindings.subList(1, 2))));
    }
    reserve("9000:81", "9053:53/udp").close();
  }

  @Test
  void aRestoreThatFailsHalfwayHoldsNothing() {
    try (Reservation other = reserve("9001:80")) {
      List<PortBinding> bindings =
          List.of(
              new PortBinding(Port.tcp(80), "0.0.0.0", 9000),
              new PortBinding(Port.tcp(80), "0.0.0.0", 9001));
      assertThrows(SystemFailure.class, () -> machines.run(() -> allocator.restore(bindings)));
      reserve("9000:80").close();
      assertEquals("9001>80/tcp", text(other));
    }
  }
}
