package io.jdocker.cli.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTest {
  private static String pass(DetachKeys keys, String typed) {
    byte[] bytes = typed.getBytes(ISO_8859_1);
    return new String(keys.pass(bytes, bytes.length), ISO_8859_1);
  }

  @Test
  void theDefaultIsControlPControlQ() {
    DetachKeys keys = DetachKeys.parse("");
    assertEquals("ab", pass(keys, "ab"));
    assertEquals("", pass(keys, "\u0010"), "held back until the next key decides");
    assertFalse(keys.isComplete());
    assertEquals("", pass(keys, "\u0011 what follows is not sent"));
    assertTrue(keys.isComplete());
  }

  @Test
  void aBrokenSequenceIsSentInFull() {
    DetachKeys keys = DetachKeys.parse("ctrl-p,ctrl-q");
    assertEquals("\u0010x", pass(keys, "\u0010x"));
    assertEquals("", pass(keys, "\u0010"));
    assertEquals("\u0010", pass(keys, "\u0010"), "the second one may begin it anew");
    assertEquals("", pass(keys, "\u0011"));
    assertTrue(keys.isComplete());
  }

  @Test
  void otherKeysCanBeChosen() {
    DetachKeys keys = DetachKeys.parse("a,ctrl-@,ctrl-_,ctrl-z");
    assertEquals("x", pass(keys, "xa\u0000\u001f\u001a"));
    assertTrue(keys.isComplete());
  }

  @Test
  void onlyTheFirstBytesOfTheArrayCount() {
    assertArrayEquals(new byte[] {'a'}, DetachKeys.parse("").pass(new byte[] {'a', 'b', 'c'}, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctrl-", "ctrl-1", "alt-p", "ctrl-p,", "ctrl-pp"})
  void refusesUnknownKeys(String text) {
    assertThrows(IllegalArgumentException.class, () -> DetachKeys.parse(text));
  }
}
