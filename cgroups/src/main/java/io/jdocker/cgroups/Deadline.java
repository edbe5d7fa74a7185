package io.jdocker.cgroups;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded wait for what the kernel tells no event of. The pauses grow from 50 µs to 10 ms, so
 * that the usual short wait stays short.
 */
final class Deadline {
  private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  private final long end;
  private long next = FIRST_PAUSE;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline ofSeconds(long seconds) {
    return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }

  /** Waits a little; false when the time is over. */
  boolean pause() {
    if (System.nanoTime() - end >= 0) {
      return false;
    }
    LockSupport.parkNanos(next);
    next = Math.min(2 * next, LONGEST_PAUSE);
    return true;
  }

  /** What is left, in milliseconds, at least 0. */
  int millisLeft() {
    return (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
  }
}
