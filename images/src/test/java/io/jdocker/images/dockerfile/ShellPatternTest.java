package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of the shell and durations of Go, the two small languages within a Dockerfile. */
final class ShellPatternTest {
  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource({
    "a/b/c, */, b/c, c",
    "abc, a, bc, bc",
    "abc, ?, bc, bc",
    "abc, *, abc, ''",
    "abc, x, abc, abc",
    "a.b, a., b, b",
    "axb, a., axb, axb",
    "*b, \\*, b, b",
    "ab, \\*, ab, ab",
    "a+b, a+, b, b",
    "'', *, '', ''",
  })
  void aPrefixIsTheShortestOrTheLongest(
      String value, String pattern, String shortest, String longest) {
    assertEquals(shortest, ShellPattern.of(pattern).withoutPrefix(value, false));
    assertEquals(longest, ShellPattern.of(pattern).withoutPrefix(value, true));
  }

  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource({
    "a.tar.gz, .*, a.tar, a",
    "a.tar.gz, .gz, a.tar, a.tar",
    "abc, ?, ab, ab",
    "abc, *, abc, ''",
    "abc, x, abc, abc",
    "ab*, \\*, ab, ab",
  })
  void aSuffixIsTheShortestOrTheLongest(
      String value, String pattern, String shortest, String longest) {
    assertEquals(shortest, ShellPattern.of(pattern).withoutSuffix(value, false));
    assertEquals(longest, ShellPattern.of(pattern).withoutSuffix(value, true));
  }

  @ParameterizedTest(name = "{0}: {1} to {2}")
  @CsvSource({
    "aaa, a, b, baa, bbb",
    "a.b.c, ., -, a-b.c, a-b-c",
    "abc, '', x, abc, abc",
    "abc, ?, $1, $1bc, $1$1$1",
    "abc, b, \\, a\\c, a\\c",
  })
  void aReplacementIsTakenAsItIs(
      String value, String pattern, String by, String first, String all) {
    assertEquals(first, ShellPattern.of(pattern).replace(value, by, false));
    assertEquals(all, ShellPattern.of(pattern).replace(value, by, true));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "1ns, 1",
    "1us, 1000",
    "1\u00b5s, 1000",
    "300ms, 300000000",
    "1.5s, 1500000000",
    ".5s, 500000000",
    "1.s, 1000000000",
    "1h30m, 5400000000000",
    "1m1m, 120000000000",
    "2562047h47m16.854775807s, 9223372036854775807",
  })
  void aDurationIsASumOfParts(String text, long nanos) {
    assertEquals(nanos, GoDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "s", ".s", "1d", "1 s", "-1s", "1s ", "1sx", "1e3s", "2562047h48m", "00"})
  void aDurationOfAnotherFormIsShown(String text) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> GoDuration.parse(text));
    assertEquals("time: invalid duration \"" + text + "\"", e.getMessage());
  }
}
