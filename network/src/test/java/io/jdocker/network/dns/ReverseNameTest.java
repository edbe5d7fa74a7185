package io.jdocker.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Ip;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that stand for addresses. */
final class ReverseNameTest {
  private static final String TAIL = "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa";

  @ParameterizedTest
  @CsvSource({
    "2.0.17.172.in-addr.arpa, 172.17.0.2",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa, fd00::1",
    "b.a.9.8.7.6.5.4.3.2.1.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa,"
        + " 2001:db8::123:4567:89ab",
  })
  void aNameStandsForAnAddress(String name, String address) {
    assertTrue(ReverseName.isOne(name));
    assertEquals(Ip.parse(address), ReverseName.address(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17.172.in-addr.arpa",
        "256.0.0.1.in-addr.arpa",
        "a.0.0.1.in-addr.arpa",
        "d.f.ip6.arpa",
        "g." + TAIL,
        "10." + TAIL,
        ".ip6.arpa",
      })
  void aPartOfOneStandsForNone(String name) {
    assertTrue(ReverseName.isOne(name));
    assertEquals(Optional.empty(), ReverseName.address(name));
  }

  @Test
  void otherNamesAreNone() {
    assertFalse(ReverseName.isOne("ip6.arpa.example"));
    assertFalse(ReverseName.isOne("web"));
  }
}
