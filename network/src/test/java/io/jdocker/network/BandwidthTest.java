package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates as they are written. */
class BandwidthTest {
  @ParameterizedTest
  @CsvSource({
    "8kbit, 8000",
    "8000bit, 8000",
    "10mbit, 10000000",
    "1gbit, 1000000000",
    "100gbit, 100000000000",
    "100000000000bit, 100000000000",
    "10Mbit, 10000000",
    "1GBIT, 1000000000",
    "0010mbit, 10000000",
  })
  void aRateIsBitsASecond(String text, long rate) {
    assertEquals(new Bandwidth(rate, rate), Bandwidth.of(Map.of(Bandwidth.RATE, text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "10",
        "10m",
        "10mbps",
        "10 mbit",
        " 10mbit",
        "10mbit ",
        "-1mbit",
        "1.5mbit",
        "mbit",
        "7999bit",
        "7kbit",
        "0gbit",
        "101gbit",
        "100000000001bit",
        "999999999999gbit",
        "1000000000000bit",
        "10tbit",
        "10kibit",
        "10mbit/s",
        "1e6bit",
        "٣mbit",
        "unlimited",
      })
  void whatIsNoRateIsNamedWithItsOption(String text) {
    for (String option : new String[] {Bandwidth.RATE_IN, Bandwidth.RATE_OUT}) {
      assertEquals(
          "invalid value \""
              + text
              + "\" for option "
              + option
              + ": it takes 8kbit to 100gbit, as in 512kbit, 10mbit or 1gbit",
          assertThrows(InvalidArgument.class, () -> Bandwidth.of(Map.of(option, text)))
              .getMessage());
    }
  }

  @Test
  void oneDirectionHasPrecedenceOverBoth() {
    assertEquals(
        new Bandwidth(1_000_000, 2_000_000),
        Bandwidth.of(Map.of(Bandwidth.RATE, "1mbit", Bandwidth.RATE_OUT, "2mbit")));
    assertEquals(
        new Bandwidth(2_000_000, 1_000_000),
        Bandwidth.of(Map.of(Bandwidth.RATE, "1mbit", Bandwidth.RATE_IN, "2mbit")));
    assertEquals(new Bandwidth(9_000, 0), Bandwidth.of(Map.of(Bandwidth.RATE_IN, "9kbit")));
  }

  @Test
  void withoutAnOptionThereIsNoLimit() {
    assertEquals(Bandwidth.UNLIMITED, Bandwidth.of(Map.of()));
    assertEquals(Bandwidth.UNLIMITED, Bandwidth.of(Map.of(Bandwidth.RATE, "", "mtu", "1400")));
    assertTrue(Bandwidth.UNLIMITED.isUnlimited());
  }

  @Test
  void capitalsAreReadInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr")); // where I is no capital i
    try {
      assertEquals(new Bandwidth(10_000, 10_000), Bandwidth.of(Map.of(Bandwidth.RATE, "10KBIT")));
    } finally {
      Locale.setDefault(before);
    }
  }
}
