package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.ipam.AddressPool6;
import io.jdocker.network.ipam.LocalPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv6 addresses, subnets and pools. */
final class Ipv6Test {
  @ParameterizedTest
  @CsvSource({ // RFC 5952, 4
    "2001:0DB8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:0:0:0:0:0:0, ::",
    "0::0:1, ::1",
    "fd00:0:0:0:0:0:0:0, fd00::",
    "::1.2.3.4, ::102:304",
  })
  void anAddressHasOneText(String written, String canonical) {
    assertEquals(canonical, Ipv6.of(written).toString());
    assertEquals(Ipv6.of(written), Ipv6.of(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1.2.3.4",
        "fd00",
        "fd00::1::2",
        "fd00::12345",
        "fd00::g",
        "::1%lo",
        "[::1]",
        "::ffff:1.2.3.4",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "localhost",
        "fd00:: 1",
      })
  void whatIsNoAddressIsNone(String text) {
    assertEquals(Optional.empty(), Ipv6.parse(text));
  }

  @Test
  void textAndNumberAreTheSame() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      Ipv6 address = new Ipv6(sparse(random), sparse(random));
      assertEquals(address, Ipv6.of(address.toString()));
      assertEquals(address, Ipv6.of((java.net.Inet6Address) address.toInetAddress()));
      assertEquals(Optional.of(address), Ip.parse(address.toString()));
    }
  }

  /** With groups of zeros in it. */
  private static long sparse(Random random) {
    long bits = random.nextLong();
    return bits & ((0xffffL << (random.nextInt(4) * 16)) | (0xffL << random.nextInt(64)));
  }

  @Test
  void stepsGoOverTheMiddle() {
    assertEquals(Ipv6.of("fd00:0:0:1::"), Ipv6.of("fd00::ffff:ffff:ffff:ffff").plus(1));
    assertEquals(Ipv6.of("::"), Ipv6.of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").plus(1));
    assertTrue(Ipv6.of("8000::").compareTo(Ipv6.of("7fff::")) > 0, "as numbers without a sign");
  }

  @ParameterizedTest
  @CsvSource({
    "fd00::5/64, fd00::, fd00::ffff:ffff:ffff:ffff",
    "fd12:3456:789a:bcde::1/48, fd12:3456:789a::, fd12:3456:789a:ffff:ffff:ffff:ffff:ffff",
    "fd00::85/121, fd00::80, fd00::ff",
    "fd00::1/128, fd00::1, fd00::1",
    "1::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void aSubnetHasEnds(String text, String first, String last) {
    Cidr6 cidr = Cidr6.of(text);
    assertEquals(Ipv6.of(first), cidr.first());
    assertEquals(Ipv6.of(last), cidr.last());
    assertTrue(cidr.contains(cidr.first()) && cidr.contains(cidr.last()));
    assertEquals(cidr.prefix() == 0, cidr.contains(cidr.last().plus(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "fd00::/64, fd00::/48, true",
    "fd00::/48, fd00:0:0:7::/64, true",
    "fd00::/64, fd00:0:0:1::/64, false",
    "fd00::/126, fd00::4/126, false",
  })
  void subnetsOverlapOrNot(String one, String other, boolean overlap) {
    assertEquals(overlap, Cidr6.of(one).overlaps(Cidr6.of(other)));
    assertEquals(overlap, Cidr6.of(other).overlaps(Cidr6.of(one)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fd00::", "fd00::/", "fd00::/129", "fd00::/064", "fd00::/-1", "10.0.0.0/8"})
  void whatIsNoSubnetIsNone(String text) {
    assertEquals(Optional.empty(), Cidr6.parse(text));
  }

  @Test
  void addressesAreGivenInOrderAndOnce() {
    AddressPool6 pool =
        new AddressPool6(
            new Ipam6Config(
                Cidr6.of("fd00::/64"),
                Optional.empty(),
                Ipv6.of("fd00::1"),
                Map.of("router", Ipv6.of("fd00::3"))));
    assertEquals(Ipv6.of("fd00::2"), pool.allocate());
    assertEquals(Ipv6.of("fd00::4"), pool.allocate());
    pool.release(Ipv6.of("fd00::2"));
    assertEquals(Ipv6.of("fd00::2"), pool.allocate());
    for (String taken : List.of("fd00::", "fd00::1", "fd00::3", "fd00::4")) {
      assertThrows(Conflict.class, () -> pool.allocate(Ipv6.of(taken)), taken);
    }
    assertThrows(InvalidArgument.class, () -> pool.allocate(Ipv6.of("fd00:0:0:1::")));
  }

  @Test
  void aRangeIsUsedUp() {
    AddressPool6 pool =
        new AddressPool6(
            new Ipam6Config(
                Cidr6.of("fd00::/64"),
                Optional.of(Cidr6.of("fd00::10/127")),
                Ipv6.of("fd00::1"),
                Map.of()));
    assertEquals(Ipv6.of("fd00::10"), pool.allocate());
    assertEquals(Ipv6.of("fd00::11"), pool.allocate());
    assertThrows(Unavailable.class, pool::allocate);
    pool.allocate(Ipv6.of("fd00::20")); // by name it may be outside of the range
  }

  @Test
  void theEnginesPrefixIsItsOwnAndStays() {
    // The last five of the first eight bytes of sha256("engine"), as sha256sum prints them.
    LocalPrefix one = LocalPrefix.of("one");
    assertEquals(one, LocalPrefix.of("one"));
    assertFalse(one.base().overlaps(LocalPrefix.of("two").base()));
    assertEquals(48, one.base().prefix());
    assertEquals("fd25:686:8ef::/48", prefixOf("engine"));
    assertEquals(
        Cidr6.of("fd25:686:8ef:2::/64"),
        LocalPrefix.of("engine")
            .choose(List.of(Cidr6.of("fd25:686:8ef::/64"), Cidr6.of("fd25:686:8ef:1::7/128"))));
    assertThrows(
        Unavailable.class,
        () -> LocalPrefix.of("engine").choose(List.of(Cidr6.of("fd25:686:8ef::/48"))));
    assertThrows(
        Forbidden.class,
        () -> LocalPrefix.requireFree(Cidr6.of("fd00::/64"), List.of(Cidr6.of("fd00::/56"))));
  }

  private static String prefixOf(String id) {
    return LocalPrefix.of(id).base().toString();
  }
}
