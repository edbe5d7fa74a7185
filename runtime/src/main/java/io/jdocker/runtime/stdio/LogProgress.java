package io.jdocker.runtime.stdio;

import java.util.function.BooleanSupplier;

/** Tells those who follow a log that it grew or ended. Thread-safe. */
public final class LogProgress {
  private long writes;
  private boolean ended;

  /** The progress of a log that is written no more. */
  public static LogProgress ended() {
    LogProgress progress = new LogProgress();
    progress.end();
    return progress;
  }

  synchronized void advance() {
    writes++;
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** A number that changes with each write. */
  synchronized long writes() {
    return writes;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Has {@link #await} look at its stop condition again. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits for a write after the known ones, the end, the stop condition, or the time to be over.
   *
   * @param millis 0 for no limit
   */
  synchronized void await(long known, long millis, BooleanSupplier stop)
      throws InterruptedException {
    long start = System.nanoTime();
    long rest = millis;
    while (writes == known && !ended && !stop.getAsBoolean()) {
      wait(rest);
      if (millis > 0) {
        rest = millis - (System.nanoTime() - start) / 1_000_000;
        if (rest <= 0) {
          return;
        }
      }
    }
  }
}
