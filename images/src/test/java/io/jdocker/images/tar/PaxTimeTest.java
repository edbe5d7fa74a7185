package io.jdocker.images.tar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaxTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1700000000.123456789, 1700000000, 123456789",
    "1700000000.1234567891234, 1700000000, 123456789",
    "12.5, 12, 500000000",
    "-4.5, -5, 500000000",
    "-5, -5, 0"
  })
  void isSecondsAndNanoseconds(String text, long seconds, int nanos) throws Exception {
    assertEquals(new PaxTime(seconds, nanos), PaxTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1e9", "1.2.3", "99999999999999999999", "1E999999999"})
  void malformedIsRefused(String text) {
    assertThrows(TarFormatException.class, () -> PaxTime.parse(text));
  }
}
