package io.jdocker.network.overlay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Leases that are kept. */
class RenewalsTest {
  private static final int PATIENCE_SECONDS = 60;

  @Test
  void oneThatIsAskedForWhileItIsRenewedIsRenewedAgain() throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    CountDownLatch held = new CountDownLatch(1);
    try (Renewals renewals = new Renewals()) {
      renewals.begin(
          Duration.ofDays(1),
          () -> {
            begun.release();
            return await(held);
          });
      assertTrue(begun.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS), "at once");
      renewals.now();
      held.countDown();
      assertTrue(begun.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS), "and for whoever asked");
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void oneThatFailsIsTriedAgainAndOneThatEndedIsNot() throws InterruptedException {
    AtomicInteger ended = new AtomicInteger();
    Semaphore tried = new Semaphore(0);
    try (Renewals renewals = new Renewals()) {
      AutoCloseable first = renewals.begin(Duration.ofDays(1), () -> ended.incrementAndGet() > 0);
      Renewals.end(first);
      int before = ended.get();
      renewals.begin(
          Duration.ofMillis(40),
          () -> {
            tried.release();
            return false;
          });
      assertTrue(tried.tryAcquire(3, PATIENCE_SECONDS, TimeUnit.SECONDS));
      renewals.now();
      assertTrue(tried.tryAcquire(1, PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertTrue(ended.get() <= before + 1, "but one that was under way");
    }
  }
}
