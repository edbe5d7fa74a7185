package io.jdocker.network.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Namespaces that are made ahead of need: how many, when, and where they go at the end. */
class SpareNamespacesIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final int PATIENCE_SECONDS = 60;

  /** One permit for each that was made ahead and finished. */
  private final Semaphore finished = new Semaphore(0);

  private final List<OpenNamespace> taken = new ArrayList<>();

  @AfterEach
  void close() {
    taken.forEach(OpenNamespace::close);
  }

  private SpareNamespaces stock(int wanted, UnaryOperator<OpenNamespace> finish) {
    return new SpareNamespaces(
        KERNEL,
        wanted,
        made -> {
          OpenNamespace done = finish.apply(made);
          finished.release();
          return done;
        });
  }

  private void awaitMade(int count) throws InterruptedException {
    assertTrue(finished.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  /** Takes one that is in stock, which may still be on the way there. */
  private OpenNamespace takeSpare(SpareNamespaces stock) {
    Optional<OpenNamespace> spare = stock.poll();
    while (spare.isEmpty()) {
      Thread.onSpinWait();
      spare = stock.poll();
    }
    taken.add(spare.get());
    return spare.get();
  }

  private static Object inode(OpenNamespace namespace) {
    try {
      return Files.getAttribute(Path.of(namespace.fd().procPath()), "unix:ino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothingIsMadeBeforeTheFirstIsTaken() {
    AtomicInteger made = new AtomicInteger();
    try (SpareNamespaces stock =
        stock(
            3,
            n -> {
              made.incrementAndGet();
              return n;
            })) {
      assertEquals(0, made.get());
      assertEquals(Optional.empty(), stock.poll(), "and who comes first waits for none");
    }
  }

  @Test
  void theStockIsFilledUpAndNoFurther() throws InterruptedException {
    try (SpareNamespaces stock = stock(2, UnaryOperator.identity())) {
      taken.add(stock.take());
      awaitMade(2);
      Set<Object> seen = new HashSet<>(Set.of(inode(taken.get(0))));
      for (int i = 0; i < 4; i++) {
        assertTrue(seen.add(inode(takeSpare(stock))), "given out twice");
      }
      awaitMade(4);
      assertEquals(0, finished.availablePermits(), "one more for each that was taken");
    }
  }

  @Test
  void withoutAStockEachIsMadeWhenItIsNeeded() {
    try (SpareNamespaces stock = stock(0, UnaryOperator.identity())) {
      taken.add(stock.take());
      taken.add(stock.take());
      assertEquals(2, taken.stream().map(SpareNamespacesIT::inode).distinct().count());
      assertEquals(Optional.empty(), stock.poll());
      assertEquals(0, finished.availablePermits());
    }
  }

  @Test
  void whatIsDoneToThoseMadeAheadIsNotDoneToOthers() throws InterruptedException {
    try (SpareNamespaces stock = stock(1, OpenNamespace::withNames)) {
      OpenNamespace first = stock.take();
      taken.add(first);
      assertEquals(false, first.named());
      awaitMade(1);
      assertEquals(true, takeSpare(stock).named());
    }
  }

  @Test
  void oneThatCannotBeFinishedIsClosedAndTheNextCallTriesAgain() throws InterruptedException {
    Semaphore failed = new Semaphore(0);
    List<OpenNamespace> broken = new ArrayList<>();
    AtomicInteger attempts = new AtomicInteger();
    try (SpareNamespaces stock =
        stock(
            1,
            made -> {
              if (attempts.incrementAndGet() == 1) {
                broken.add(made);
                failed.release();
                throw new SystemFailure("no rules today");
              }
              return made;
            })) {
      taken.add(stock.take());
      assertTrue(failed.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertEquals(1, inodesOf(taken), "who takes one is not told of another's trouble");
      assertEquals(1, inodesOf(List.of(takeSpare(stock))));
    }
    assertThrows(IllegalStateException.class, () -> broken.get(0).fd().number());
  }

  private static long inodesOf(List<OpenNamespace> namespaces) {
    return namespaces.stream().map(SpareNamespacesIT::inode).distinct().count();
  }

  @Test
  void afterTheEndNothingIsKeptOrMade() throws InterruptedException {
    Semaphore mayFinish = new Semaphore(0);
    List<OpenNamespace> late = new ArrayList<>();
    SpareNamespaces stock =
        stock(
            1,
            made -> {
              mayFinish.acquireUninterruptibly();
              late.add(made);
              return made;
            });
    assertEquals(Optional.empty(), stock.poll());
    stock.close();
    mayFinish.release(); // it was on the way when the engine ended
    awaitMade(1);
    assertEquals(Optional.empty(), stock.poll());
    assertEquals(1, late.size());
    assertEquals(0, finished.availablePermits());
  }
}
