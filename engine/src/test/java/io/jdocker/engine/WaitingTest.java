package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @AfterEach
  void notInterruptedForOthers() {
    Thread.interrupted();
  }

  @Test
  void whatIsThereIsGiven() {
    assertEquals(7, Waiting.on(CompletableFuture.completedFuture(7), "x"));
    assertEquals(7, Waiting.on(CompletableFuture.completedFuture(7), LONG, "x"));
    assertEquals(7, Waiting.on(CompletableFuture.completedFuture(7), Duration.ZERO, "x"));
  }

  @Test
  void aFailureIsTheOneThatHappened() {
    NotFound gone = new NotFound("No such container: x");
    CompletableFuture<Integer> failed = CompletableFuture.failedFuture(gone);
    assertSame(gone, assertThrows(NotFound.class, () -> Waiting.on(failed, "x")));
    assertSame(gone, assertThrows(NotFound.class, () -> Waiting.on(failed, LONG, "x")));
  }

  @Test
  void aCheckedFailureSaysWhatWasWaitedFor() {
    CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new IOException("pipe"));
    assertEquals(
        "waiting for web: java.io.IOException: pipe",
        assertThrows(SystemFailure.class, () -> Waiting.on(failed, "waiting for web"))
            .getMessage());
    assertEquals(
        "waiting for web: java.io.IOException: pipe",
        assertThrows(SystemFailure.class, () -> Waiting.on(failed, LONG, "waiting for web"))
            .getMessage());
  }

  @Test
  void whatDoesNotComeIsToldWithItsLimit() {
    Unavailable late =
        assertThrows(
            Unavailable.class,
            () -> Waiting.on(new CompletableFuture<>(), Duration.ofMillis(3), "the end of web"));
    assertEquals("the end of web: not within 3 ms", late.getMessage());
    assertInstanceOf(TimeoutException.class, late.getCause());
  }

  @Test
  void anInterruptedWaitEndsAndTheThreadStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertEquals(
        "the end: interrupted",
        assertThrows(Unavailable.class, () -> Waiting.on(new CompletableFuture<>(), "the end"))
            .getMessage());
    assertTrue(Thread.currentThread().isInterrupted());
    assertThrows(Unavailable.class, () -> Waiting.on(new CompletableFuture<>(), LONG, "the end"));
    assertTrue(Thread.interrupted());
  }
}
