package io.jdocker.runtime.build;

import io.jdocker.linux.failure.Unavailable;
import java.util.ArrayDeque;
import java.util.Deque;

/** Ends a build from another thread: its client has left. Thread-safe. */
public final class Cancellation {
  private final Deque<Runnable> actions = new ArrayDeque<>();
  private boolean cancelled;

  /** Ends what runs at the moment, and lets nothing more begin. */
  public void cancel() {
    Deque<Runnable> now;
    synchronized (this) {
      cancelled = true;
      now = new ArrayDeque<>(actions);
    }
    now.forEach(Runnable::run);
  }

  /**
   * Goes on, unless the build was cancelled.
   *
   * @throws Unavailable when it was
   */
  synchronized void check() {
    if (cancelled) {
      throw new Unavailable("the build was cancelled");
    }
  }

  /** Remembers how to end what is about to begin; until the returned scope is closed. */
  Scope onCancel(Runnable action) {
    synchronized (this) {
      check();
      actions.push(action);
    }
    return () -> {
      synchronized (Cancellation.this) {
        actions.remove(action);
      }
    };
  }

  /** What can be ended. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
