package io.jdocker.images.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryPathTest {
  @ParameterizedTest
  @CsvSource({
    "a/b, a/b",
    "/a//b/, a/b",
    "./a/./b, a/b",
    "../../a, a",
    "a/../../../b, b",
    "/, .",
    "., .",
    "a/.., ."
  })
  void staysBelowTheRoot(String text, String expected) throws TarFormatException {
    assertEquals(expected, EntryPath.parse(text).toString());
  }

  @Test
  void knowsItsNeighbours() throws TarFormatException {
    EntryPath path = EntryPath.parse("a/b");
    assertEquals("b", path.name());
    assertEquals("a", path.parent().toString());
    assertTrue(path.parent().parent().isRoot());
    assertEquals("a/b/c", path.child("c").toString());
    assertTrue(path.isBelow(path));
    assertTrue(path.isBelow(EntryPath.parse("a")));
    assertFalse(EntryPath.parse("ab").isBelow(EntryPath.parse("a")));
  }

  @Test
  void impossibleNamesAreRefused() {
    assertThrows(TarFormatException.class, () -> EntryPath.parse("a\0b"));
    assertThrows(TarFormatException.class, () -> EntryPath.parse("n".repeat(256)));
    assertThrows(TarFormatException.class, () -> EntryPath.parse("d/".repeat(2048)));
  }
}
