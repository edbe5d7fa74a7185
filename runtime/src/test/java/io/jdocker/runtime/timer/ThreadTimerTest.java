package io.jdocker.runtime.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ThreadTimerTest extends TimerContract {
  @Override
  Timer open() {
    return new ThreadTimer();
  }

  @Override
  void letPass(Timer open, Duration time) throws Exception {
    CountDownLatch passed = new CountDownLatch(1);
    open.after(time, passed::countDown);
    assertTrue(passed.await(20, TimeUnit.SECONDS));
  }

  @Test
  void aTaskThatFailsEndsOnlyItself() throws Exception {
    CountDownLatch next = new CountDownLatch(1);
    try (ThreadTimer timer = new ThreadTimer()) {
      timer.after(
          Duration.ZERO,
          () -> {
            throw new IllegalStateException("a task that fails, for the test");
          });
      timer.after(Duration.ofMillis(1), next::countDown);
      assertTrue(next.await(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void thereIsNoThreadBeforeTheFirstTask() {
    try (ThreadTimer timer = new ThreadTimer()) {
      Set<Thread> before = timers(); // those of other tests may be ending yet
      assertTrue(before.containsAll(timers()));
      timer.after(Duration.ofHours(1), () -> {});
      Set<Thread> more = new HashSet<>(timers());
      more.removeAll(before);
      assertEquals(1, more.size());
    }
  }

  private static Set<Thread> timers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("jdocker-timer"))
        .collect(Collectors.toSet());
  }
}
