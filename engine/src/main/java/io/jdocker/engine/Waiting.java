package io.jdocker.engine;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what comes later, and says so where it does not come. */
final class Waiting {
  private Waiting() {}

  /**
   * Without a limit.
   *
   * @param what is waited for, to be told where the wait is interrupted
   */
  static <T> T on(CompletableFuture<T> future, String what) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    } catch (ExecutionException e) {
      throw failed(what, e);
    }
  }

  /**
   * That long at most.
   *
   * @throws Unavailable when the time is over
   */
  static <T> T on(CompletableFuture<T> future, Duration limit, String what) {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    } catch (ExecutionException e) {
      throw failed(what, e);
    } catch (TimeoutException e) {
      throw new Unavailable(what + ": not within " + limit.toMillis() + " ms", e);
    }
  }

  static Unavailable interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Unavailable(what + ": interrupted", e);
  }

  private static RuntimeException failed(String what, ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new SystemFailure(what + ": " + e.getCause(), e);
  }
}
