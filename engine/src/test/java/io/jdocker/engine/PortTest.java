package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {
  @ParameterizedTest
  @CsvSource({"80, 80/tcp", "53/udp, 53/udp", "132/sctp, 132/sctp", "65535/tcp, 65535/tcp"})
  void isReadAndWrittenAsDockerDoes(String text, String written) {
    assertEquals(written, Port.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http", "0", "65536", "80/icmp", "-1", "80-90", "80/", "/tcp"})
  void whatIsNoneIsTheCallersMistake(String text) {
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> Port.parse(text));
    assertEquals("\"" + text + "\" is no port, like 80/tcp or 53/udp", refused.getMessage());
  }

  @Test
  void aNumberOutOfRangeIsRefused() {
    assertThrows(InvalidArgument.class, () -> Port.tcp(0));
    assertThrows(InvalidArgument.class, () -> Port.udp(70_000));
  }
}
