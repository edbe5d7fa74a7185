package io.jdocker.network.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParentLinkTest {
  @ParameterizedTest(name = "{0}: link {1}, VLAN {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "eth0,       eth0,     -",
        "eth0.1,     eth0,     1",
        "eth0.4094,  eth0,     4094",
        "eth0.0,     eth0.0,   -", // no VLAN has that number
        "eth0.4095,  eth0.4095, -",
        "eth0.12345, eth0.12345, -",
        "eth0.x,     eth0.x,   -",
        "eth0.,      eth0.,    -",
        ".5,         .5,       -",
        "bond0.10.20, bond0.10, 20", // a VLAN within a VLAN
        "wan.50,     wan,      50",
      })
  void aVlanIsALinkAndANumber(String name, String base, Integer vlan) {
    assertEquals(new ParentLink(name, base, Optional.ofNullable(vlan)), ParentLink.parse(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "a", "fifteen-chars-x", "eth0.50", "br-0123456789ab", "ü"})
  void namesOfLinks(String name) {
    assertEquals(true, ParentLink.isLinkName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a/b", "a:1", "sixteen-chars-xx", "a\tb", "a\n"})
  void namesThatTheKernelRefuses(String name) {
    assertEquals(false, ParentLink.isLinkName(name));
  }
}
