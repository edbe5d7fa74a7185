package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsecureRegistriesTest {
  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "localhost:5000, true",
    "127.0.0.1:5000, true",
    "127.8.9.10, true",
    "[::1]:5000, true",
    "127.0.0.1.evil.example, false",
    "localhost.example, false",
    "128.0.0.1, false"
  })
  void loopbackAlways(String registry, boolean expected) {
    assertEquals(
        expected, new InsecureRegistries(List.of()).covers(Authority.parse(registry)), registry);
  }

  @ParameterizedTest
  @CsvSource({
    "reg.example, true",
    "reg.example:5000, true",
    "port.example:5000, true",
    "port.example, false",
    "port.example:5001, false",
    "10.1.2.3:5000, true",
    "10.1.255.255, true",
    "10.2.0.0, false",
    "192.168.7.5, true",
    "192.168.7.6, false",
    "[fd00::7]:5000, true",
    "[fd01::7]:5000, false"
  })
  void thoseTheOperatorNames(String registry, boolean expected) {
    InsecureRegistries named =
        new InsecureRegistries(
            List.of(
                "reg.example", "port.example:5000", "10.1.0.0/16", "192.168.7.5/32", "fd00::/16"));
    assertEquals(expected, named.covers(Authority.parse(registry)), registry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://reg.example",
        "reg example",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "host/8",
        "/8",
        "fd00::/129",
        ""
      })
  void refusesWhatIsNeither(String named) {
    assertThrows(InvalidArgument.class, () -> new InsecureRegistries(List.of(named)), named);
  }
}
