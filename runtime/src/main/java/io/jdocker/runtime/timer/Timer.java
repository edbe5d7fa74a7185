package io.jdocker.runtime.timer;

import java.time.Duration;

/** Runs tasks later. Thread-safe. */
public interface Timer extends AutoCloseable {
  /** A task that is to run. */
  @FunctionalInterface
  interface Wait {
    /** Takes it back; no effect once it has begun. */
    void cancel();
  }

  /**
   * Runs the task once, that much later; at the next opportunity where the time is zero or less.
   *
   * @param task must be quick, as all tasks run on one thread: what may block belongs on an
   *     executor of the caller
   */
  Wait after(Duration delay, Runnable task);

  /** Drops all tasks that have not begun. Tasks that are given later are dropped, too. */
  @Override
  void close();
}
