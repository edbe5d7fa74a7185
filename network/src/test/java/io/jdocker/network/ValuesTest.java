package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, subnets, MAC addresses and ports as people write them. */
class ValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-1",
        "01.2.3.4",
        "1.2.3.04",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "1.2..4",
        "a.b.c.d",
        "0x1.2.3.4",
        "1.2.3.4/8",
        "::1",
        "٣.2.3.4",
        "1.2.3.99999999999",
        "1,2,3,4",
        "1.2.3.+4"
      })
  void whatIsNoIpv4Address(String text) {
    assertEquals(Optional.empty(), Ipv4.parse(text));
    assertThrows(IllegalArgumentException.class, () -> Ipv4.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "127.0.0.1", "10.20.30.40", "1.0.0.0"})
  void anAddressIsWrittenAsItIsRead(String text) {
    Ipv4 address = Ipv4.of(text);
    assertEquals(text, address.toString());
    assertEquals(text, address.toInetAddress().getHostAddress());
    assertEquals(address, Ipv4.of((java.net.Inet4Address) address.toInetAddress()));
  }

  @Test
  void addressesAreOrderedAsNumbersWithoutSign() {
    List<Ipv4> sorted =
        List.of(
            Ipv4.of("0.0.0.0"),
            Ipv4.of("9.255.255.255"),
            Ipv4.of("10.0.0.0"),
            Ipv4.of("127.255.255.255"),
            Ipv4.of("128.0.0.0"),
            Ipv4.of("255.255.255.255"));
    List<Ipv4> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);
    assertEquals(sorted, shuffled);
    assertEquals(Ipv4.of("128.0.0.0"), Ipv4.of("127.255.255.255").plus(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0/8",
        "10.0.0.0/255.0.0.0",
        "fd00::/8",
        "10.0.0.0/ 8",
        "10.0.0.0/8 "
      })
  void whatIsNoSubnet(String text) {
    assertEquals(Optional.empty(), Cidr.parse(text));
  }

  @ParameterizedTest(name = "{0}: {1} to {2}, {3} addresses")
  @CsvSource({
    "10.1.2.3/0,        0.0.0.0,       255.255.255.255, 4294967296",
    "10.1.2.3/1,        0.0.0.0,       127.255.255.255, 2147483648",
    "10.1.2.3/8,        10.0.0.0,      10.255.255.255,  16777216",
    "172.17.0.1/16,     172.17.0.0,    172.17.255.255,  65536",
    "192.168.1.130/25,  192.168.1.128, 192.168.1.255,   128",
    "192.168.1.1/31,    192.168.1.0,   192.168.1.1,     2",
    "192.168.1.1/32,    192.168.1.1,   192.168.1.1,     1",
    "255.255.255.255/1, 128.0.0.0,     255.255.255.255, 2147483648",
  })
  void aSubnetsEnds(String text, String first, String last, long size) {
    Cidr cidr = Cidr.of(text);
    assertEquals(first, cidr.first().toString());
    assertEquals(last, cidr.last().toString());
    assertEquals(size, cidr.size());
    assertEquals(text, cidr.toString(), "as it was given");
    assertEquals(first + "/" + cidr.prefix(), cidr.subnet().toString());
    assertTrue(cidr.contains(cidr.first()) && cidr.contains(cidr.last()));
  }

  @ParameterizedTest(name = "{0} and {1}: overlap {2}, contains {3}")
  @CsvSource({
    "10.0.0.0/8,   10.1.0.0/16,   true,  true",
    "10.1.0.0/16,  10.0.0.0/8,    true,  false",
    "10.0.0.0/24,  10.0.1.0/24,   false, false",
    "10.0.0.0/24,  10.0.0.0/24,   true,  true",
    "0.0.0.0/0,    1.2.3.4/32,    true,  true",
    "1.2.3.4/32,   1.2.3.5/32,    false, false",
    "10.0.0.128/25, 10.0.0.0/25,  false, false",
    "127.0.0.0/8,  128.0.0.0/8,   false, false",
  })
  void subnetsOverlap(String one, String two, boolean overlaps, boolean contains) {
    assertEquals(overlaps, Cidr.of(one).overlaps(Cidr.of(two)));
    assertEquals(overlaps, Cidr.of(two).overlaps(Cidr.of(one)), "either way");
    assertEquals(contains, Cidr.of(one).contains(Cidr.of(two)));
  }

  @Test
  void overlapMeansACommonAddress() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      Cidr one = new Cidr(new Ipv4(random.nextInt()), random.nextInt(33));
      Cidr two =
          new Cidr(new Ipv4(one.address().bits() ^ (1 << random.nextInt(32))), random.nextInt(33));
      boolean common =
          one.first().compareTo(two.last()) <= 0 && two.first().compareTo(one.last()) <= 0;
      assertEquals(common, one.overlaps(two), one + " " + two);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 33, 64})
  void aPrefixHasLimits(int prefix) {
    assertThrows(IllegalArgumentException.class, () -> new Cidr(new Ipv4(0), prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02:42:ac:11:00",
        "02:42:ac:11:00:02:03",
        "0242ac110002",
        "02:42:ac:11:00:0g",
        "2:42:ac:11:0:2",
        "02:42:ac:11:00:2",
        " 02:42:ac:11:00:02",
        "02;42;ac;11;00;02"
      })
  void whatIsNoMacAddress(String text) {
    assertEquals(Optional.empty(), MacAddress.parse(text));
  }

  @Test
  void aMacAddressComesFromTheAddressAndIsForOneReceiver() {
    assertEquals("02:42:ac:11:00:02", MacAddress.of(Ipv4.of("172.17.0.2")).toString());
    assertEquals("02:42:ff:fe:80:7f", MacAddress.of(Ipv4.of("255.254.128.127")).toString());
    assertTrue(MacAddress.of(Ipv4.of("255.255.255.255")).isUnicast());
    assertFalse(MacAddress.parse("01:00:5e:00:00:01").orElseThrow().isUnicast());
    assertFalse(MacAddress.parse("ff:ff:ff:ff:ff:ff").orElseThrow().isUnicast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "/tcp", "80/", "80/icmp", "0", "65536", "-1", "80/tcp/udp", "8 0"})
  void whatIsNoPort(String text) {
    assertEquals(Optional.empty(), Port.parse(text));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "80, 80/tcp",
    "80/tcp, 80/tcp",
    "53/udp, 53/udp",
    "9/sctp, 9/sctp",
    "65535, 65535/tcp"
  })
  void aPortIsWrittenWithItsProtocol(String text, String written) {
    assertEquals(written, Port.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest(name = "{0} is mode {1}")
  @CsvSource({
    "'', bridge",
    "default, bridge",
    "bridge, bridge",
    "host, host",
    "none, none",
    "container:web, container:web",
    "ns:/run/netns/x, ns:/run/netns/x",
    "blue, blue",
    "Host, Host",
    "container, container"
  })
  void aModeIsReadAndWritten(String text, String written) {
    assertEquals(written, NetworkMode.parse(text).text());
  }
}
