package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorityTest {
  @ParameterizedTest
  @CsvSource({
    "reg.example, reg.example, -1",
    "reg.example:5000, reg.example, 5000",
    "10.0.0.1:80, 10.0.0.1, 80",
    "[::1], ::1, -1",
    "[::1]:5000, ::1, 5000",
    "[fd00::7]:65535, fd00::7, 65535",
    "localhost, localhost, -1",
  })
  void isHostAndPortAndPrintsAsRead(String text, String host, int port) {
    Authority authority = Authority.parse(text);
    assertEquals(new Authority(host, port), authority);
    assertEquals(text, authority.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reg.example:",
        "reg.example:x",
        "reg.example:0",
        "reg.example:-1",
        "reg.example:+5000",
        "reg.example:65536",
        "reg.example:99999999999",
        "fd00::/8",
      })
  void aPortIsANumberThatAPortCanHave(String text) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> Authority.parse(text));
    assertTrue(e.getMessage().contains("\"" + text + "\""), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "https://reg.example/v2/, reg.example:443",
    "http://reg.example/v2/, reg.example:80",
    "HTTP://Reg.Example/v2/, reg.example:80",
    "https://reg.example:5000/v2/, reg.example:5000",
    "https://[::1]:5000/v2/, [::1]:5000",
    "https://user@reg.example/, reg.example:443",
  })
  void ofAnAddressThePortIsAlwaysANumber(String uri, String expected) {
    assertEquals(expected, Authority.of(URI.create(uri)).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "localhost:5000, true",
    "127.0.0.1, true",
    "127.255.255.254:1, true",
    "[::1]:5000, true",
    "localhost.example, false",
    "127.0.0.1.example, false",
    "127.1, false",
    "1127.0.0.1, false",
    "10.0.0.1, false",
    "[::2], false",
  })
  void loopbackIsToldByWhatIsWritten(String text, boolean expected) {
    assertEquals(expected, Authority.parse(text).isLoopback());
  }
}
