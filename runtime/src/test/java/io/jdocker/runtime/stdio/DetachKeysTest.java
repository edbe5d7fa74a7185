package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DetachKeysTest {
  private static final String CTRL_P = "\u0010";
  private static final String CTRL_Q = "\u0011";

  @ParameterizedTest
  @CsvSource({"ctrl-@, 0", "ctrl-a, 1", "ctrl-z, 26", "ctrl-[, 27", "ctrl-\\, 28"})
  @CsvSource({"ctrl-], 29", "ctrl-^, 30", "ctrl-_, 31", "DEL, 127", "a, 97", "A, 65"})
  void aKeyIsOneByte(String key, int code) {
    DetachFilter.Result result =
        DetachKeys.parse(key).filter().filter(new byte[] {(byte) code}, 0, 1);
    assertTrue(result.detached());
    assertEquals(0, result.forward().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ctrl-", "ctrl-A", "ctrl-1", "ctrl-ab", "ab", "a,", ",a", "a,,b", "é", "del"})
  void badKeysAreNamed(String keys) {
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> DetachKeys.parse(keys));
    assertEquals("Invalid detach keys (" + keys + ") provided", refused.getMessage());
  }

  @Test
  void withoutKeysTheyAreCtrlPCtrlQ() {
    assertEquals(DetachKeys.standard(), DetachKeys.parse(""));
    assertEquals(DetachKeys.standard(), DetachKeys.parse("ctrl-p,ctrl-q"));
    assertEquals(DetachKeys.standard().hashCode(), DetachKeys.parse("ctrl-p,ctrl-q").hashCode());
  }

  @Test
  void aBeginOfTheSequenceIsHeldBackUntilTheNextByte() {
    DetachFilter filter = DetachKeys.standard().filter();
    assertEquals("ls", forward(filter, "ls" + CTRL_P));
    assertEquals(CTRL_P + "x", forward(filter, "x"));
    assertEquals("", forward(filter, CTRL_P));
    assertEquals(CTRL_P, forward(filter, CTRL_P)); // the second may begin it
    assertTrue(filter.filter(bytes(CTRL_Q), 0, 1).detached());
  }

  @Test
  void theSequenceIsFoundInTheMiddleAndWhatFollowsIsDropped() {
    DetachFilter filter = DetachKeys.standard().filter();
    byte[] typed = bytes("exit" + CTRL_P + CTRL_Q + "more");
    DetachFilter.Result result = filter.filter(typed, 0, typed.length);
    assertTrue(result.detached());
    assertArrayEquals(bytes("exit"), result.forward());
  }

  @Test
  void aSequenceThatRepeatsItselfIsFoundAfterAFalseBegin() {
    DetachFilter filter = DetachKeys.parse("a,a,b").filter();
    byte[] typed = bytes("aaab");
    DetachFilter.Result result = filter.filter(typed, 0, typed.length);
    assertTrue(result.detached());
    assertArrayEquals(bytes("a"), result.forward());
  }

  @Test
  void whatIsHeldBackAtTheEndIsNotLost() {
    DetachFilter filter = DetachKeys.parse("a,b,c").filter();
    assertEquals("x", forward(filter, "xab"));
    assertArrayEquals(bytes("ab"), filter.rest());
    assertEquals(0, filter.rest().length);
  }

  @Test
  void onlyTheGivenPartIsLookedAt() {
    DetachFilter filter = DetachKeys.parse("q").filter();
    DetachFilter.Result result = filter.filter(bytes("qabq"), 1, 2);
    assertFalse(result.detached());
    assertArrayEquals(bytes("ab"), result.forward());
  }

  private static String forward(DetachFilter filter, String typed) {
    byte[] bytes = bytes(typed);
    DetachFilter.Result result = filter.filter(bytes, 0, bytes.length);
    assertFalse(result.detached());
    return new String(result.forward(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
