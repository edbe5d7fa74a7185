package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StdinQueueTest {
  private final StdinQueue queue = new StdinQueue();

  @Test
  void bytesComeInOrderAndAreCopied() throws InterruptedException {
    byte[] bytes = {0, 1, 2, 3};
    assertTrue(queue.put(bytes, 1, 2));
    bytes[1] = 9;
    assertTrue(queue.put(bytes, 3, 1));
    assertArrayEquals(new byte[] {1, 2}, queue.head().orElseThrow());
    assertArrayEquals(new byte[] {1, 2}, queue.head().orElseThrow());
    queue.consumed();
    assertArrayEquals(new byte[] {3}, queue.head().orElseThrow());
    queue.consumed();
    assertEquals(Optional.empty(), queue.head());
  }

  @Test
  void theEndComesAfterTheBytesAndNothingAfterTheEnd() throws InterruptedException {
    assertTrue(queue.put(new byte[] {1}, 0, 1));
    queue.end();
    assertFalse(queue.put(new byte[] {2}, 0, 1));
    assertFalse(queue.atEnd());
    queue.consumed();
    assertTrue(queue.atEnd());
  }

  @Test
  void whoeverListensIsToldOfBytesAndOfTheEndButNotOfNothing() throws InterruptedException {
    AtomicInteger told = new AtomicInteger();
    queue.listen(told::incrementAndGet);
    assertTrue(queue.put(new byte[0], 0, 0));
    assertEquals(0, told.get());
    assertTrue(queue.put(new byte[1], 0, 1));
    queue.end();
    assertEquals(2, told.get());
    queue.close();
    queue.end();
    assertEquals(2, told.get());
  }

  @Test
  void closingDropsWhatIsQueuedAndRefusesMore() throws InterruptedException {
    assertTrue(queue.put(new byte[StdinQueue.LIMIT], 0, StdinQueue.LIMIT));
    queue.close();
    assertEquals(Optional.empty(), queue.head());
    assertFalse(queue.put(new byte[1], 0, 1));
    queue.consumed();
    assertFalse(queue.atEnd());
  }
}
