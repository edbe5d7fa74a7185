package io.jdocker.network.ipam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.NetworkOptions.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of addresses and subnets whatever the order of requests. */
class AddressPoolPropertiesTest {
  private static IpamConfig config(String subnet, String range, String gateway, String... others) {
    Map<String, Ipv4> reserved = new java.util.HashMap<>();
    for (String other : others) {
      reserved.put("h" + reserved.size(), Ipv4.of(other));
    }
    return new IpamConfig(
        Cidr.of(subnet), Optional.ofNullable(range).map(Cidr::of), Ipv4.of(gateway), reserved);
  }

  private static List<String> all(AddressPool pool) {
    List<String> addresses = new ArrayList<>();
    while (true) {
      try {
        addresses.add(pool.allocate().toString());
      } catch (Unavailable exhausted) {
        return addresses;
      }
    }
  }

  @ParameterizedTest(name = "{0} range {1} gateway {2}: {3} addresses, {4} to {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        "10.0.0.0/30,  -,              10.0.0.1,   1,   10.0.0.2,   10.0.0.2",
        "10.0.0.0/29,  -,              10.0.0.1,   5,   10.0.0.2,   10.0.0.6",
        "10.0.0.0/29,  -,              10.0.0.6,   5,   10.0.0.1,   10.0.0.5",
        "10.0.0.0/29,  -,              10.0.0.3,   5,   10.0.0.1,   10.0.0.6",
        "10.0.0.0/24,  10.0.0.128/25,  10.0.0.1,   127, 10.0.0.128, 10.0.0.254",
        "10.0.0.0/24,  10.0.0.0/30,    10.0.0.1,   2,   10.0.0.2,   10.0.0.3",
        "10.0.0.0/24,  10.0.0.64/32,   10.0.0.1,   1,   10.0.0.64,  10.0.0.64",
        "10.0.0.0/23,  10.0.0.255/32,  10.0.0.1,   1,   10.0.0.255, 10.0.0.255",
        "0.0.0.0/29,   -,              0.0.0.1,    5,   0.0.0.2,    0.0.0.6",
        "255.255.255.248/29, -,        255.255.255.249, 5, 255.255.255.250, 255.255.255.254",
        "127.255.255.252/29, -,        127.255.255.249, 5, 127.255.255.250, 127.255.255.254",
      })
  void everyAddressIsGivenOnceInOrder(
      String subnet, String range, String gateway, int count, String first, String last) {
    List<String> addresses = all(new AddressPool(config(subnet, range, gateway)));
    assertEquals(count, addresses.size());
    assertEquals(first, addresses.get(0));
    assertEquals(last, addresses.get(count - 1));
    assertFalse(addresses.contains(gateway));
    assertEquals(count, addresses.stream().distinct().count());
  }

  @Test
  void reservedAddressesAreNeverGivenOutNorTaken() {
    AddressPool pool =
        new AddressPool(config("10.0.0.0/29", null, "10.0.0.1", "10.0.0.2", "10.0.0.5"));
    assertThrows(Conflict.class, () -> pool.allocate(Ipv4.of("10.0.0.5")));
    assertEquals(List.of("10.0.0.3", "10.0.0.4", "10.0.0.6"), all(pool));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.1", "10.0.0.255"})
  void networkGatewayAndBroadcastCannotBeChosen(String address) {
    AddressPool pool = new AddressPool(config("10.0.0.0/24", null, "10.0.0.1"));
    assertThrows(Conflict.class, () -> pool.allocate(Ipv4.of(address)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.255.255.255", "10.0.1.0", "0.0.0.0", "255.255.255.255", "138.0.0.1"})
  void addressesOfOtherSubnetsCannotBeChosen(String address) {
    AddressPool pool = new AddressPool(config("10.0.0.0/24", null, "10.0.0.1"));
    assertThrows(InvalidArgument.class, () -> pool.allocate(Ipv4.of(address)));
  }

  @Test
  void anAddressOutsideOfTheRangeMayBeChosen() {
    AddressPool pool = new AddressPool(config("10.0.0.0/24", "10.0.0.128/25", "10.0.0.1"));
    pool.allocate(Ipv4.of("10.0.0.7"));
    assertThrows(Conflict.class, () -> pool.allocate(Ipv4.of("10.0.0.7")));
    assertEquals("10.0.0.128", pool.allocate().toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void nobodyEverHasAnAddressThatSomebodyElseHas(long seed) {
    Random random = new Random(seed);
    AddressPool pool = new AddressPool(config("10.0.0.0/26", null, "10.0.0.1"));
    TreeSet<Ipv4> free = new TreeSet<>();
    for (int i = 2; i < 63; i++) {
      free.add(Ipv4.of("10.0.0.0").plus(i));
    }
    List<Ipv4> held = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      if (random.nextBoolean() && !held.isEmpty()) {
        Ipv4 address = held.remove(random.nextInt(held.size()));
        pool.release(address);
        free.add(address);
      } else if (free.isEmpty()) {
        assertThrows(Unavailable.class, pool::allocate);
      } else if (random.nextInt(4) == 0) {
        Ipv4 chosen = Ipv4.of("10.0.0.0").plus(2 + random.nextInt(61));
        if (free.remove(chosen)) {
          pool.allocate(chosen);
          held.add(chosen);
        } else {
          assertThrows(Conflict.class, () -> pool.allocate(chosen));
        }
      } else {
        Ipv4 address = pool.allocate();
        assertEquals(free.pollFirst(), address, "the lowest free one");
        held.add(address);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aChosenSubnetNeverOverlapsWhatIsTaken(long seed) {
    Random random = new Random(seed);
    SubnetChooser chooser =
        new SubnetChooser(
            List.of(new Pool(Cidr.of("172.16.0.0/14"), 16), new Pool(Cidr.of("10.0.0.0/16"), 20)));
    List<Cidr> taken = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int prefix = 10 + random.nextInt(20);
      taken.add(new Cidr(new Ipv4(0xac100000 | random.nextInt(1 << 18)), prefix).subnet());
    }
    int made = 0;
    try {
      for (; made < 100; made++) {
        Cidr next = chooser.choose(taken);
        assertTrue(taken.stream().noneMatch(next::overlaps), next + " in " + taken);
        taken.add(next);
      }
    } catch (Unavailable exhausted) {
      assertTrue(made <= 4 + 16, "more than there are");
      assertTrue(
          exhausted.getMessage().startsWith("could not find an available, non-overlapping"),
          exhausted.getMessage());
      return;
    }
    throw new AssertionError("the pools never end");
  }
}
