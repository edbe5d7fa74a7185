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
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
  private static AddressPool pool(String subnet, String gateway, String range) {
    return new AddressPool(
        new IpamConfig(
            Cidr.of(subnet),
            Optional.ofNullable(range).map(Cidr::of),
            Ipv4.of(gateway),
            java.util.Map.of()));
  }

  @Test
  void givesTheLowestFreeAddress() {
    AddressPool pool = pool("10.0.0.0/24", "10.0.0.1", null);
    assertEquals("10.0.0.2", pool.allocate().toString());
    assertEquals("10.0.0.3", pool.allocate().toString());
    pool.release(Ipv4.of("10.0.0.2"));
    assertEquals("10.0.0.2", pool.allocate().toString());
  }

  @Test
  void staysInItsRange() {
    AddressPool pool = pool("10.0.0.0/24", "10.0.0.254", "10.0.0.128/30");
    for (int i = 128; i < 132; i++) {
      assertEquals("10.0.0." + i, pool.allocate().toString());
    }
    assertThrows(Unavailable.class, pool::allocate);
    pool.allocate(Ipv4.of("10.0.0.7")); // chosen addresses may lie outside the range
  }

  @Test
  void chosenAddressesMustBeFreeAndInside() {
    AddressPool pool = pool("10.0.0.0/24", "10.0.0.1", null);
    pool.allocate(Ipv4.of("10.0.0.9"));
    assertThrows(Conflict.class, () -> pool.allocate(Ipv4.of("10.0.0.9")));
    assertThrows(Conflict.class, () -> pool.allocate(Ipv4.of("10.0.0.1")));
    assertThrows(Conflict.class, () -> pool.allocate(Ipv4.of("10.0.0.0")));
    assertThrows(Conflict.class, () -> pool.allocate(Ipv4.of("10.0.0.255")));
    assertThrows(InvalidArgument.class, () -> pool.allocate(Ipv4.of("10.0.1.0")));
  }

  @Test
  void neverGivesAnAddressTwiceWhateverTheOrder() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      AddressPool pool = pool("10.0.0.0/26", "10.0.0.1", null);
      Set<Ipv4> held = new HashSet<>();
      for (int step = 0; step < 500; step++) {
        if (random.nextBoolean() && held.size() < 61) {
          Ipv4 address = pool.allocate();
          assertTrue(held.add(address), "twice: " + address);
          assertFalse(address.equals(Ipv4.of("10.0.0.1")) || address.equals(Ipv4.of("10.0.0.63")));
        } else if (!held.isEmpty()) {
          Ipv4 any = held.iterator().next();
          held.remove(any);
          pool.release(any);
        }
      }
    }
  }

  @Test
  void threadsShareIt() {
    AddressPool pool = pool("10.0.0.0/16", "10.0.0.1", null);
    Set<Ipv4> given = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 5000).parallel().forEach(i -> given.add(pool.allocate()));
    assertEquals(5000, given.size());
  }
}
