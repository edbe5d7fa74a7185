package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private final RetryPolicy policy =
      new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(30));

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000"})
  void waitsTwiceAsLongEachTime(int attempt, long millis) {
    assertEquals(
        Optional.of(Duration.ofMillis(millis)), policy.delay(attempt, Optional.empty(), NOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 1000})
  void endsAfterTheLastAttempt(int attempt) {
    assertEquals(Optional.empty(), policy.delay(attempt, Optional.of("1"), NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|PT0S",
        "7|PT7S",
        "Sat, 21 Nov 2026 12:00:09 GMT|PT9S",
        "Sat, 21 Nov 2026 11:00:00 GMT|PT0S",
        "soon|PT0.5S",
        "-1|PT0.5S",
        "1.5|PT0.5S"
      })
  void followsTheServersWishWhereItCanBeRead(String wish, Duration expected) {
    assertEquals(Optional.of(expected), policy.delay(1, Optional.of(wish), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"61", "999999999", "Sun, 22 Nov 2026 12:00:00 GMT"})
  void takesAWishForTomorrowAsNo(String wish) {
    assertEquals(Optional.empty(), policy.delay(1, Optional.of(wish), NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "408, true",
    "429, true",
    "500, true",
    "502, true",
    "503, true",
    "504, true",
    "400, false",
    "401, false",
    "403, false",
    "404, false",
    "501, false",
    "200, false"
  })
  void knowsWhatMayPass(int status, boolean transients) {
    assertEquals(transients, policy.isTransient(status));
  }

  @Test
  void manyAttemptsDoNotOverflow() {
    RetryPolicy patient =
        new RetryPolicy(100, Duration.ofMillis(1), Duration.ofDays(1), Duration.ofSeconds(1));
    assertEquals(Optional.of(Duration.ofMillis(65536)), patient.delay(90, Optional.empty(), NOW));
  }
}
