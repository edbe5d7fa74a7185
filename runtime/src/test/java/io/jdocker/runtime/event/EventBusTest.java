package io.jdocker.runtime.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class EventBusTest {
  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");

  private final EventBus bus = new EventBus(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aSubscriberGetsWhatHappensFromThenOn() throws InterruptedException {
    publish(1);
    try (EventBus.Subscription subscription = bus.subscribe(false)) {
      publish(2);
      publish(3);
      assertEquals(Optional.of("2"), next(subscription));
      assertEquals(Optional.of("3"), next(subscription));
      assertEquals(Optional.empty(), next(subscription));
    }
  }

  @Test
  void whoAsksForThePastGetsItFirstAndNothingTwice() throws InterruptedException {
    publish(1);
    try (EventBus.Subscription subscription = bus.subscribe(true)) {
      publish(2);
      assertEquals(Optional.of("1"), next(subscription));
      assertEquals(Optional.of("2"), next(subscription));
      assertEquals(Optional.empty(), next(subscription));
    }
  }

  /** The clock is the bus' own: whoever took his time first is told of first. */
  @Test
  void timesNeverGoBackFromOneEventToTheNext() throws Exception {
    AtomicLong seconds = new AtomicLong();
    EventBus contended =
        new EventBus(
            new Clock() {
              @Override
              public Instant instant() {
                Instant read = Instant.ofEpochSecond(seconds.incrementAndGet());
                LockSupport.parkNanos(1000); // who reads outside of the lock is overtaken here
                return read;
              }

              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }
            });
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 60; i++) {
                  contended.publish(Event.Type.VOLUME, "create", "v", Map.of());
                }
              });
      thread.start();
      writers.add(thread);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    List<Instant> times = contended.past().stream().map(Event::time).toList();
    assertEquals(240, times.size());
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void theLast256AreRememberedOldestFirst() {
    for (int i = 0; i < 300; i++) {
      publish(i);
    }
    List<Event> past = bus.past();
    assertEquals(256, past.size());
    assertEquals("44", past.get(0).id());
    assertEquals("299", past.get(255).id());
  }

  @Test
  void anEventIsWhatWhenAndToWhomAndChangesNoMore() {
    Map<String, String> attributes = new HashMap<>(Map.of("name", "web"));
    bus.publish(Event.Type.CONTAINER, "start", "ab", attributes);
    attributes.put("name", "changed");
    assertEquals(
        List.of(new Event(Event.Type.CONTAINER, "start", "ab", Map.of("name", "web"), NOW)),
        bus.past());
  }

  @Test
  void aSlowListenerLosesTheNewestAndHoldsUpNobody() throws InterruptedException {
    try (EventBus.Subscription slow = bus.subscribe(false);
        EventBus.Subscription quick = bus.subscribe(false)) {
      for (int i = 0; i < 4100; i++) {
        publish(i);
        assertEquals(Optional.of(Integer.toString(i)), next(quick));
      }
      Optional<String> last = Optional.empty();
      int count = 0;
      for (Optional<String> id = next(slow); id.isPresent(); id = next(slow)) {
        last = id;
        count++;
      }
      assertEquals(4096, count);
      assertEquals(Optional.of("4095"), last);
      publish(5000);
      assertEquals(Optional.of("5000"), next(slow));
    }
  }

  @Test
  void whoLeavesIsForgotten() throws InterruptedException {
    EventBus.Subscription stays = bus.subscribe(false);
    EventBus.Subscription leaves = bus.subscribe(false);
    assertEquals(2, bus.subscribers());
    leaves.close();
    leaves.close();
    assertEquals(1, bus.subscribers());
    publish(1);
    assertEquals(Optional.empty(), next(leaves));
    assertEquals(Optional.of("1"), next(stays));
  }

  private void publish(int number) {
    bus.publish(Event.Type.IMAGE, "pull", Integer.toString(number), Map.of());
  }

  private static Optional<String> next(EventBus.Subscription subscription)
      throws InterruptedException {
    return subscription.poll(0, TimeUnit.NANOSECONDS).map(Event::id);
  }
}
