package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "1700000000, 2023-11-14T22:13:20Z",
    "1700000000.5, 2023-11-14T22:13:20.500Z",
    "1700000000.000000001, 2023-11-14T22:13:20.000000001Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
  })
  void pointsInTime(String text, String expected) {
    assertEquals(Instant.parse(expected), UnixTime.parse(text));
  }

  @Test
  void zeroAndNothingAreNoLimit() {
    assertEquals(Optional.empty(), UnixTime.of(Query.parse("since=0"), "since"));
    assertEquals(Optional.empty(), UnixTime.of(Query.parse("since="), "since"));
    assertEquals(Optional.empty(), UnixTime.of(Query.parse(""), "since"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "12:00", "1e9", "--1"})
  void anythingElseIsRefused(String text) {
    assertThrows(InvalidArgument.class, () -> UnixTime.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-01-02T02:54:05Z",
    "1h30m, 2026-01-02T01:34:05Z",
    "1.5s, 2026-01-02T03:04:03.500Z",
    "300ms, 2026-01-02T03:04:04.700Z",
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
  })
  void untilIsADurationOrATime(String text, String expected) {
    Filters filters = Filters.parse("{\"until\":[\"" + text + "\"]}");
    assertEquals(Optional.of(Instant.parse(expected)), Until.of(filters, CLOCK));
  }

  @Test
  void untilComesOnce() {
    Filters two = Filters.parse("{\"until\":[\"1h\",\"2h\"]}");
    assertThrows(InvalidArgument.class, () -> Until.of(two, CLOCK));
    assertThrows(
        InvalidArgument.class, () -> Until.of(Filters.parse("{\"until\":[\"1..5s\"]}"), CLOCK));
  }
}
