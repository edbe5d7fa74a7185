package io.jdocker.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagValuesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "512, 512",
    "1b, 1",
    "1k, 1024",
    "1kb, 1024",
    "1KiB, 1024",
    "64m, 67108864",
    "1.5g, 1610612736",
    "2T, 2199023255552",
    "'1 m', 1048576"
  })
  void readsSizesWithBinaryUnits(String text, long bytes) {
    assertEquals(bytes, FlagValues.parseBytes(text));
  }

  /** Only swap can be without limit: elsewhere -1 is as wrong as -2. */
  @ParameterizedTest
  @CsvSource({"-1, -1", "64m, 67108864"})
  void swapCanBeWithoutLimit(String text, long bytes) {
    assertEquals(bytes, FlagValues.parseBytesOrUnlimited(text));
    assertThrows(IllegalArgumentException.class, () -> FlagValues.parseBytesOrUnlimited("-2"));
  }

  /** As Go's conversion does, so that the daemon calls it too small, not unlimited. */
  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "9999999999999999999", "8388608T"})
  void aSizePastAllNumbersIsTheSmallestOne(String text) {
    assertEquals(Long.MIN_VALUE, FlagValues.parseBytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "x", "1x", "1kk", "-1", "-2", "1.2.3m"})
  void refusesOtherSizes(String text) {
    assertThrows(IllegalArgumentException.class, () -> FlagValues.parseBytes(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000000000",
    "1.5, 1500000000",
    "0.01, 10000000",
    "3/2, 1500000000",
    "0.000000001, 1"
  })
  void readsProcessorsInBillionths(String text, long nanoCpus) {
    assertEquals(nanoCpus, FlagValues.parseNanoCpus(text));
  }

  @ParameterizedTest
  @CsvSource({"x, failed to parse x as a rational number", "0.0000000001, value is too precise"})
  void refusesOtherProcessors(String text, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FlagValues.parseNanoCpus(text));
    assertEquals(reason, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1s, 1000000000",
    "1h30m, 5400000000000",
    "300ms, 300000000",
    "1.5h, 5400000000000",
    "-2us, -2000",
    "1µs, 1000",
    "5ns, 5",
    "+1m, 60000000000"
  })
  void readsDurations(String text, long nanoseconds) {
    assertEquals(nanoseconds, GoDuration.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "x, 'time: invalid duration \"x\"'",
    "1, 'time: missing unit in duration \"1\"'",
    "1q, 'time: unknown unit \"q\" in duration \"1q\"'",
    "-, 'time: invalid duration \"-\"'",
    "1.2.3s, 'time: invalid duration \"1.2.3s\"'"
  })
  void refusesOtherDurations(String text, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> GoDuration.parse(text));
    assertEquals(reason, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1, true", "t, true", "TRUE, true", "0, false", "F, false", "False, false"})
  void readsGoBooleans(String text, boolean value) {
    assertEquals(value, FlagValues.parseBoolean(text));
  }
}
