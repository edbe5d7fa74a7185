package io.jdocker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cli.CommandFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000, 5);

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "1700000000, 1700000000",
    "1700000000.25, 1700000000.25",
    "10s, 999990.000000005",
    "1h30m, 994600.000000005",
    "2026-01-02T03:04:05Z, 1767323045.000000000",
    "2026-01-02T03:04:05.5Z, 1767323045.500000000",
    "2026-01-02T05:04:05+02:00, 1767323045.000000000"
  })
  void becomeSecondsSince1970(String text, String seconds) {
    assertEquals(seconds, Moments.unix("since", text, NOW));
  }

  @Test
  void withoutAZoneTheyAreLocal() {
    Instant midnight =
        java.time.LocalDate.of(2026, 1, 2)
            .atStartOfDay(java.time.ZoneId.systemDefault())
            .toInstant();
    String expected = midnight.getEpochSecond() + ".000000000";
    assertEquals(expected, Moments.unix("since", "2026-01-02", NOW));
    assertEquals(expected, Moments.unix("since", "2026-01-02T00:00:00", NOW));
    assertEquals(expected, Moments.unix("since", "2026-01-02T00:00", NOW));
    assertEquals(expected, Moments.unix("since", "2026-01-02T00", NOW));
  }

  @Test
  void refusesOtherText() {
    CommandFailure e = assertThrows(CommandFailure.class, () -> Moments.unix("since", "soon", NOW));
    assertEquals(
        "invalid value for \"since\": failed to parse value as time or duration: \"soon\"",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-07T21:09:36.000000000+00:00, Thu May  7 21:09:36 2026",
    "2026-12-31T01:02:03Z, Thu Dec 31 01:02:03 2026",
    "'', ''",
    "yesterday, yesterday",
    "2026-13-31T01:02:03Z, 2026-13-31T01:02:03Z"
  })
  void theCalendarFormIsCs(String rfc3339, String text) {
    assertEquals(text, Timestamps.calendar(rfc3339));
  }
}
