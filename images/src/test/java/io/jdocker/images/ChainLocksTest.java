package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChainLocksTest {
  private static final Digest BASE = Digest.of(new byte[] {1});
  private static final Digest TOP = Digest.of(new byte[] {2});

  private final ChainLocks locks = new ChainLocks();

  @Test
  void anOwnerMayTakeTwice() throws InterruptedException {
    locks.take(BASE, "a");
    locks.take(BASE, "a");
    locks.take(TOP, "a");
    locks.release("a");
    locks.take(BASE, "b");
  }

  @Test
  void theSecondWaitsUntilTheFirstIsThrough() throws InterruptedException {
    List<String> order = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    locks.take(BASE, "a");
    Thread second =
        new Thread(
            () -> {
              try {
                begun.countDown();
                locks.take(BASE, "b");
                order.add("b");
              } catch (InterruptedException e) {
                order.add("interrupted");
              }
            });
    second.start();
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    order.add("a");
    locks.release("a");
    second.join(10_000);
    assertEquals(List.of("a", "b"), order);
  }

  @Test
  void waitingCanBeInterrupted() throws InterruptedException {
    locks.take(BASE, "a");
    Thread second =
        new Thread(
            () -> {
              try {
                locks.take(BASE, "b");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // that is what is wanted
              }
            });
    second.start();
    second.interrupt();
    second.join(10_000);
    assertFalse(second.isAlive());
    locks.release("a");
    locks.take(BASE, "c");
  }
}
