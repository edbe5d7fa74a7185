package io.jdocker.network.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.PortMapping;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortMappingsTest {
  private static String read(String value) {
    return PortMappings.parse(value).stream()
        .map(PortMappingsTest::text)
        .collect(Collectors.joining(" "));
  }

  private static String text(PortMapping m) {
    String ports =
        m.firstHostPort() + (m.lastHostPort() > m.firstHostPort() ? "-" + m.lastHostPort() : "");
    return m.hostAddress().map(a -> a + "|").orElse("") + ports + ">" + m.container();
  }

  @ParameterizedTest
  @CsvSource({
    "80, 0>80/tcp",
    "80/udp, 0>80/udp",
    "8080:80, 8080>80/tcp",
    "8080:80/TCP, 8080>80/tcp",
    "0:80, 0>80/tcp",
    ":80, 0>80/tcp",
    "127.0.0.1:8080:80, 127.0.0.1|8080>80/tcp",
    "127.0.0.1::80, 127.0.0.1|0>80/tcp",
    "0.0.0.0:8080:80, 0.0.0.0|8080>80/tcp",
    "[::1]:8080:80, ::1|8080>80/tcp",
    "[::]::53/udp, ::|0>53/udp",
    "9000-9001:80-81, 9000>80/tcp 9001>81/tcp",
    "9000-9010:80, 9000-9010>80/tcp",
    "80-81, 0>80/tcp 0>81/tcp",
    "132:132/sctp, 132>132/sctp",
  })
  void readsEveryForm(String value, String expected) {
    assertEquals(expected, read(value));
  }

  @ParameterizedTest
  @CsvSource({
    "99999:80, invalid hostPort: 99999",
    "80:abc, invalid containerPort: abc",
    "a:80, invalid hostPort: a",
    "80:0, invalid containerPort: 0",
    "80:70000, invalid containerPort: 70000",
    "80/icmp, invalid proto: icmp",
    "1.2.3:80:80, invalid IP address: 1.2.3",
    "[zz]:80:80, invalid IP address: zz",
    "9-8:80, invalid hostPort: 9-8",
    "1-2-3:80, invalid hostPort: 1-2-3",
    "9000-9001:80-82, invalid ranges specified for container and host Ports: 80-82 and 9000-9001",
  })
  void mistakesAreNamed(String value, String message) {
    assertEquals(
        message, assertThrows(InvalidArgument.class, () -> PortMappings.parse(value)).getMessage());
  }

  @Test
  void emptyAndOverlongValuesAreRefused() {
    for (String value : List.of("", "/tcp", "80:", "1:2:3:4", "::1:80:80")) {
      assertThrows(InvalidArgument.class, () -> PortMappings.parse(value), value);
    }
  }
}
