package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rules of Reactive Streams that a subscriber relies on, by their numbers. */
class SourcePublisherTest {
  private static final long PATIENCE_SECONDS = 60;

  /** Gives items, then ends; or waits for ever. */
  private static final class Items implements Source<Integer> {
    private final Deque<Integer> items;
    private final boolean endless;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private int taken;

    Items(boolean endless, Integer... items) {
      this.items = new ArrayDeque<>(List.of(items));
      this.endless = endless;
    }

    @Override
    public synchronized Optional<Integer> next() throws InterruptedException {
      while (items.isEmpty() && endless) {
        wait();
      }
      if (!items.isEmpty() && items.peek() < 0) {
        throw new IllegalStateException("broken");
      }
      taken++;
      return Optional.ofNullable(items.poll());
    }

    synchronized int taken() {
      return taken;
    }

    @Override
    public void close() {
      closed.complete(true);
    }
  }

  /** Remembers what it is told: numbers, "end", or an exception. */
  private static final class Listener implements Flow.Subscriber<Integer> {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final long first;
    private Flow.Subscription subscription;

    Listener(long first) {
      this.first = first;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      if (first != 0) {
        given.request(first);
      }
    }

    @Override
    public void onNext(Integer item) {
      heard.add(item);
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
    }

    @Override
    public void onComplete() {
      heard.add("end");
    }

    Object next() throws InterruptedException {
      return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void everythingComesInOrderAndThenTheEnd() throws Exception {
    Items items = new Items(false, 1, 2, 3);
    Listener listener = new Listener(Long.MAX_VALUE);
    new SourcePublisher<>("test", () -> items).subscribe(listener);
    assertEquals(1, listener.next());
    assertEquals(2, listener.next());
    assertEquals(3, listener.next());
    assertEquals("end", listener.next());
    assertTrue(items.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void noMoreIsTakenThanWasAskedFor_1_1() throws Exception {
    Items items = new Items(false, 1, 2, 3);
    Listener listener = new Listener(2);
    new SourcePublisher<>("test", () -> items).subscribe(listener);
    assertEquals(1, listener.next());
    assertEquals(2, listener.next());
    assertEquals(2, items.taken());
    assertNull(listener.heard.poll());
    listener.subscription.request(1);
    assertEquals(3, listener.next());
  }

  @Test
  void twoSubscribersHaveASourceEach() throws Exception {
    SourcePublisher<Integer> publisher = new SourcePublisher<>("test", () -> new Items(false, 7));
    for (Listener listener : List.of(new Listener(5), new Listener(5))) {
      publisher.subscribe(listener);
      assertEquals(7, listener.next());
      assertEquals("end", listener.next());
    }
  }

  @Test
  void oneThatCancelsIsToldNothingMoreAndTheSourceIsClosed_3_13() throws Exception {
    Items items = new Items(true, 1);
    Listener listener = new Listener(5);
    new SourcePublisher<>("test", () -> items).subscribe(listener);
    assertEquals(1, listener.next());
    listener.subscription.cancel();
    listener.subscription.cancel();
    listener.subscription.request(1);
    assertTrue(items.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertNull(listener.heard.poll());
  }

  @Test
  void askingForNothingIsAnError_3_9() throws Exception {
    Items items = new Items(true);
    Listener listener = new Listener(-1);
    new SourcePublisher<>("test", () -> items).subscribe(listener);
    assertInstanceOf(IllegalArgumentException.class, listener.next());
    assertTrue(items.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void aSourceThatFailsIsToldOf_1_4() throws Exception {
    Listener listener = new Listener(5);
    new SourcePublisher<>("test", () -> new Items(false, 1, -1)).subscribe(listener);
    assertEquals(1, listener.next());
    assertInstanceOf(IllegalStateException.class, listener.next());
  }

  @Test
  void aSourceThatDoesNotOpenIsToldOfToo_1_9() throws Exception {
    Listener listener = new Listener(5);
    new SourcePublisher<Integer>(
            "test",
            () -> {
              throw new IllegalStateException("shut");
            })
        .subscribe(listener);
    assertInstanceOf(IllegalStateException.class, listener.next());
    assertThrows(
        NullPointerException.class,
        () -> new SourcePublisher<>("test", () -> new Items(false)).subscribe(null));
  }

  @Test
  void allAreCompletedWhenNothingMoreCanCome() throws Exception {
    SourcePublisher<Integer> publisher = new SourcePublisher<>("test", () -> new Items(true));
    Listener waiting = new Listener(5);
    Listener idle = new Listener(0);
    publisher.subscribe(waiting);
    publisher.subscribe(idle);
    publisher.finish();
    assertEquals("end", waiting.next());
    assertEquals("end", idle.next());
  }
}
