package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NativeArenaTest {
  private final NativeArena arena = new NativeArena();

  @Test
  void memoryIsZeroedAndAligned() {
    try (arena) {
      long address = arena.allocate(64);
      assertEquals(0, address % 16);
      assertArrayEquals(new byte[64], NativeArena.getBytes(address, 64));
    }
  }

  @Test
  void nothingAtAllStillHasAnAddressOfItsOwn() {
    try (arena) {
      assertNotEquals(0, arena.allocate(0));
      assertNotEquals(arena.allocate(0), arena.allocate(0));
    }
  }

  @Test
  void numbersAreTheMachinesLittleEndianOnes() {
    try (arena) {
      long address = arena.allocate(16);
      NativeArena.putLong(address, 0x1122334455667788L);
      assertEquals(0x55667788, NativeArena.getInt(address));
      assertEquals((short) 0x7788, NativeArena.getShort(address));
      NativeArena.putInt(address + 4, -1);
      NativeArena.putShort(address, (short) -1);
      assertEquals(0xffffffff5566ffffL, NativeArena.getLong(address));
    }
  }

  @Test
  void aStringIsUtf8AndTerminated() {
    try (arena) {
      long address = arena.string("grün");
      assertArrayEquals(
          new byte[] {'g', 'r', (byte) 0xc3, (byte) 0xbc, 'n', 0},
          NativeArena.getBytes(address, 6));
      assertEquals("grün", NativeArena.getString(address, 100));
      assertEquals("gr", NativeArena.getString(address, 2));
    }
  }

  @Test
  void aStringWithANulByteIsRefused() {
    try (arena) {
      assertThrows(IllegalArgumentException.class, () -> arena.string("a\0b"));
    }
  }

  @Test
  void anArrayOfStringsEndsWithNull() {
    try (arena) {
      long array = arena.strings(List.of("sh", "-c"));
      assertEquals("sh", NativeArena.getString(NativeArena.getLong(array), 9));
      assertEquals("-c", NativeArena.getString(NativeArena.getLong(array + 8), 9));
      assertEquals(0, NativeArena.getLong(array + 16));
      assertEquals(0, NativeArena.getLong(arena.strings(List.of())));
    }
  }

  @Test
  void partsOfArraysGoBothWays() {
    try (arena) {
      long address = arena.bytes(new byte[] {1, 2, 3, 4});
      NativeArena.putBytes(address, new byte[] {9, 8, 7}, 1, 2);
      byte[] into = new byte[4];
      NativeArena.getBytes(address, into, 1, 3);
      assertArrayEquals(new byte[] {0, 8, 7, 3}, into);
    }
  }

  @Test
  void closingTwiceFreesOnce() {
    arena.allocate(8);
    arena.close();
    arena.close();
    try (arena) {
      long again = arena.bytes(new byte[] {5});
      assertArrayEquals(new byte[] {5}, NativeArena.getBytes(again, 1));
    }
  }
}
