package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @Test
  void knowsItsSubnet() {
    Cidr cidr = Cidr.of("172.17.3.4/16");
    assertEquals("172.17.0.0/16", cidr.subnet().toString());
    assertEquals("172.17.0.0", cidr.first().toString());
    assertEquals("172.17.255.255", cidr.last().toString());
    assertEquals(65536, cidr.size());
    assertEquals("0.0.0.0/0", Cidr.of("1.2.3.4/0").subnet().toString());
    assertEquals("255.255.255.255", Cidr.of("1.2.3.4/0").last().toString());
  }

  @Test
  void overlapsWhatItSharesAddressesWith() {
    assertTrue(Cidr.of("10.0.0.0/8").overlaps(Cidr.of("10.9.0.0/24")));
    assertTrue(Cidr.of("10.9.0.0/24").overlaps(Cidr.of("10.0.0.0/8")));
    assertFalse(Cidr.of("10.9.0.0/24").overlaps(Cidr.of("10.9.1.0/24")));
    assertFalse(Cidr.of("10.9.0.0/24").contains(Cidr.of("10.9.0.0/23")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "a/8",
        "010.0.0.0/8",
        "10.0.0.256/8",
        "10.0.0.0/8/8",
        "::/8",
        "10.0.0.0/08"
      })
  void refusesOtherTexts(String text) {
    assertEquals(Optional.empty(), Cidr.parse(text));
  }

  @Test
  void addressesCompareAsNumbers() {
    assertTrue(Ipv4.of("9.0.0.0").compareTo(Ipv4.of("200.0.0.0")) < 0);
    assertEquals("10.0.1.0", Ipv4.of("10.0.0.255").plus(1).toString());
  }

  @Test
  void macAddressesComeFromIpv4() {
    assertEquals("02:42:ac:11:00:02", MacAddress.of(Ipv4.of("172.17.0.2")).toString());
    assertEquals("02:42:ff:ff:ff:ff", MacAddress.of(Ipv4.of("255.255.255.255")).toString());
    assertEquals(
        "92:d0:c6:0a:29:33", MacAddress.parse("92-D0-C6-0A-29-33").orElseThrow().toString());
    assertEquals(Optional.empty(), MacAddress.parse("92:d0:c6:0a:29"));
    assertFalse(MacAddress.parse("01:00:5e:00:00:01").orElseThrow().isUnicast());
  }
}
