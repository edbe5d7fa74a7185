package io.jdocker.runtime.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.runtime.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The time that tests go by keeps what the real one keeps. */
final class ManualTimeTest extends TimerContract {
  private final ManualTime time = new ManualTime();

  @Override
  Timer open() {
    return new DeferredTimer();
  }

  /** The contract opens its timer before this class has its fields. */
  private final class DeferredTimer implements Timer {
    private Timer actual;

    private Timer actual() {
      actual = actual == null ? time.timer() : actual;
      return actual;
    }

    @Override
    public Wait after(Duration delay, Runnable task) {
      return actual().after(delay, task);
    }

    @Override
    public void close() {
      actual().close();
    }
  }

  @Override
  void letPass(Timer open, Duration duration) {
    time.advance(duration);
  }

  @Test
  void eachTaskSeesItsOwnTime() {
    List<Instant> seen = new ArrayList<>();
    Instant begin = time.now();
    Timer timer = time.timer();
    timer.after(Duration.ofSeconds(1), () -> seen.add(time.clock().instant()));
    timer.after(Duration.ofSeconds(3), () -> seen.add(time.clock().instant()));
    assertEquals(Optional.of(Duration.ofSeconds(1)), time.untilNext());
    time.advance(Duration.ofSeconds(5));
    assertEquals(List.of(begin.plusSeconds(1), begin.plusSeconds(3)), seen);
    assertEquals(begin.plusSeconds(5), time.now());
    assertEquals(Optional.empty(), time.untilNext());
  }
}
