package io.jdocker.runtime.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the end of a run. */
final class ExitWait {
  /** However long it takes. */
  static final int NO_LIMIT = -1;

  private ExitWait() {}

  /**
   * Waits.
   *
   * @param seconds at most; {@link #NO_LIMIT}
   * @return false when it did not end in time; true, too, when this thread was interrupted
   */
  static boolean within(CompletableFuture<Integer> exit, int seconds) {
    try {
      if (seconds == NO_LIMIT) {
        exit.get();
      } else {
        exit.get(seconds, TimeUnit.SECONDS);
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an exit never fails", e);
    }
  }
}
