package io.jdocker.runtime.restart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
  private static final Duration SHORT_RUN = Duration.ofMillis(30);

  @Test
  void itDoublesFromATenthOfASecondToAMinute() {
    List<Long> waits = new ArrayList<>();
    Backoff backoff = Backoff.none();
    for (int end = 0; end < 13; end++) {
      backoff = backoff.after(SHORT_RUN);
      waits.add(backoff.last().toMillis());
    }
    assertEquals(
        List.of(
            100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 25600L, 51200L, 60000L, 60000L,
            60000L),
        waits);
  }

  @ParameterizedTest
  @CsvSource({
    // last wait, length of the run, next wait; milliseconds
    "0, 0, 100",
    "0, 3600000, 100",
    "100, 9999, 200",
    "100, 10000, 100",
    "60000, 9999, 60000",
    "60000, 10000, 100",
    "51200, 1, 60000",
    // the time of day was set back during the run
    "400, -5000, 800",
  })
  void aLongRunBeginsAnew(long last, long ran, long next) {
    assertEquals(
        Duration.ofMillis(next),
        new Backoff(Duration.ofMillis(last)).after(Duration.ofMillis(ran)).last());
  }
}
