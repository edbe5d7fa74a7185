package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers that ask from within their calls, ask too much, leave early or fail. */
class SubscriberRulesTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "end";

  /** Counts up to a last number. */
  private static final class Counter implements Source<Integer> {
    private final int last;
    private final AtomicInteger taken = new AtomicInteger();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    Counter(int last) {
      this.last = last;
    }

    @Override
    public Optional<Integer> next() {
      int number = taken.incrementAndGet();
      return number > last ? Optional.empty() : Optional.of(number);
    }

    @Override
    public void close() {
      closed.complete(true);
    }

    void awaitClosed() throws Exception {
      assertTrue(closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  /** Does what the test says at each call. */
  private static final class Scripted implements Flow.Subscriber<Integer> {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final Consumer<Flow.Subscription> atFirst;
    private final Consumer<Flow.Subscription> atEach;
    private volatile Flow.Subscription subscription;
    private volatile Thread caller;

    Scripted(Consumer<Flow.Subscription> atFirst, Consumer<Flow.Subscription> atEach) {
      this.atFirst = atFirst;
      this.atEach = atEach;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      atFirst.accept(given);
    }

    @Override
    public void onNext(Integer item) {
      caller = Thread.currentThread();
      heard.add(item);
      atEach.accept(subscription);
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
    }

    @Override
    public void onComplete() {
      heard.add(END);
    }

    Object next() throws InterruptedException {
      return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    List<Object> untilTheEnd() throws InterruptedException {
      List<Object> all = new ArrayList<>();
      do {
        all.add(next());
      } while (all.get(all.size() - 1) instanceof Integer);
      return all;
    }
  }

  private static SourcePublisher<Integer> publisher(Counter counter) {
    return new SourcePublisher<>("jdocker-test", () -> counter);
  }

  @Test
  void oneByOneFromWithinIsEverything() throws Exception {
    Scripted one = new Scripted(s -> s.request(1), s -> s.request(1));
    publisher(new Counter(3)).subscribe(one);
    assertEquals(List.of(1, 2, 3, END), one.untilTheEnd());
  }

  @Test
  void demandAddsUpAndDoesNotOverflow_3_17() throws Exception {
    Scripted greedy =
        new Scripted(
            s -> {
              s.request(Long.MAX_VALUE);
              s.request(Long.MAX_VALUE);
              s.request(1);
            },
            s -> s.request(Long.MAX_VALUE));
    publisher(new Counter(100)).subscribe(greedy);
    assertEquals(101, greedy.untilTheEnd().size());
  }

  @Test
  void nothingIsTakenBeforeSomebodyAsks() throws Exception {
    Counter counter = new Counter(2);
    Scripted shy = new Scripted(s -> {}, s -> {});
    publisher(counter).subscribe(shy);
    assertEquals(0, counter.taken.get());
    shy.subscription.request(1);
    assertEquals(1, shy.next());
    assertEquals(1, counter.taken.get());
    shy.subscription.request(2);
    assertEquals(List.of(2, END), shy.untilTheEnd());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void lessThanOneIsAMistakeAtAnyTime_3_9(long count) throws Exception {
    Counter counter = new Counter(100);
    Scripted wrong = new Scripted(s -> s.request(1), s -> s.request(count));
    publisher(counter).subscribe(wrong);
    assertEquals(1, wrong.next());
    IllegalArgumentException refused = (IllegalArgumentException) wrong.next();
    assertEquals("a subscriber must request at least one item", refused.getMessage());
    counter.awaitClosed();
    assertNull(wrong.heard.poll());
  }

  @Test
  void oneThatLeavesAtOnceHearsNothing() throws Exception {
    Counter counter = new Counter(5);
    Scripted gone =
        new Scripted(
            s -> {
              s.request(5);
              s.cancel();
            },
            s -> {});
    publisher(counter).subscribe(gone);
    counter.awaitClosed();
    assertNull(gone.heard.poll());
    assertEquals(0, counter.taken.get());
  }

  @Test
  void oneThatLeavesFromWithinHearsNothingMore() throws Exception {
    Counter counter = new Counter(5);
    Scripted gone = new Scripted(s -> s.request(5), Flow.Subscription::cancel);
    publisher(counter).subscribe(gone);
    counter.awaitClosed();
    assertEquals(1, gone.next());
    assertNull(gone.heard.poll());
    assertEquals(1, counter.taken.get());
  }

  @Test
  void oneThatFailsIsToldAndItsSourceClosed() throws Exception {
    Counter counter = new Counter(5);
    IllegalStateException failure = new IllegalStateException("mine");
    Scripted failing =
        new Scripted(
            s -> s.request(5),
            s -> {
              throw failure;
            });
    publisher(counter).subscribe(failing);
    assertEquals(1, failing.next());
    assertSame(failure, failing.next());
    counter.awaitClosed();
  }

  @Test
  void aSlowSubscriberHoldsUpNobody() throws Exception {
    SourcePublisher<Integer> publisher =
        new SourcePublisher<>("jdocker-test", () -> new Counter(3));
    Scripted slow = new Scripted(s -> {}, s -> {});
    Scripted quick = new Scripted(s -> s.request(9), s -> {});
    publisher.subscribe(slow);
    publisher.subscribe(quick);
    assertEquals(List.of(1, 2, 3, END), quick.untilTheEnd());
    assertNull(slow.heard.poll());
    slow.subscription.request(9);
    assertEquals(List.of(1, 2, 3, END), slow.untilTheEnd());
    assertNotSame(slow.caller, quick.caller);
    assertNotEquals(Thread.currentThread(), quick.caller);
    assertTrue(quick.caller.isDaemon(), "it keeps no program from ending");
    assertEquals("jdocker-test", quick.caller.getName());
  }

  @Test
  void oneThatSubscribesTwiceHasTwoSubscriptions() throws Exception {
    SourcePublisher<Integer> publisher =
        new SourcePublisher<>("jdocker-test", () -> new Counter(1));
    Scripted twice = new Scripted(s -> s.request(2), s -> {});
    publisher.subscribe(twice);
    assertEquals(List.of(1, END), twice.untilTheEnd());
    publisher.subscribe(twice);
    assertEquals(List.of(1, END), twice.untilTheEnd());
  }

  @Test
  void theEndIsToldOnceEvenIfMoreIsAskedFor() throws Exception {
    Scripted one = new Scripted(s -> s.request(1), s -> s.request(1));
    SourcePublisher<Integer> publisher = publisher(new Counter(0));
    publisher.subscribe(one);
    assertEquals(END, one.next());
    one.subscription.request(1);
    one.subscription.cancel();
    publisher.finish();
    assertNull(one.heard.poll());
  }
}
