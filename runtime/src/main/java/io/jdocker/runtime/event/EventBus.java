package io.jdocker.runtime.event;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hands events to subscribers and remembers the last 256, as Docker does. Thread-safe. */
public final class EventBus {
  private static final int REMEMBERED = 256;
  private static final int QUEUE_LIMIT = 4096;

  private final Clock clock;
  private final Deque<Event> past = new ArrayDeque<>(REMEMBERED);
  private final List<Subscription> subscriptions = new ArrayList<>();

  public EventBus(Clock clock) {
    this.clock = clock;
  }

  /** Tells that something has just happened. */
  public synchronized void publish(
      Event.Type type, String action, String id, Map<String, String> attributes) {
    // The time is taken under the lock: nobody is told of something earlier after something later.
    Event event = new Event(type, action, id, attributes, clock.instant());
    if (past.size() == REMEMBERED) {
      past.removeFirst();
    }
    past.addLast(event);
    subscriptions.forEach(subscription -> subscription.offer(event));
  }

  /** The remembered events, oldest first. */
  public synchronized List<Event> past() {
    return List.copyOf(past);
  }

  /** Everything that happens from now on, preceded by all that is remembered where asked. */
  public synchronized Subscription subscribe(boolean withPast) {
    Subscription subscription = new Subscription();
    if (withPast) {
      past.forEach(subscription::offer);
    }
    subscriptions.add(subscription);
    return subscription;
  }

  public synchronized int subscribers() {
    return subscriptions.size();
  }

  /** One listener's queue. A listener that falls 4096 events behind loses the newest. */
  public final class Subscription implements AutoCloseable {
    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(QUEUE_LIMIT);
    private boolean overrun;

    private void offer(Event event) {
      if (!queue.offer(event) && !overrun) {
        overrun = true;
        System.getLogger(EventBus.class.getName())
            .log(System.Logger.Level.WARNING, "a listener is too slow and loses events");
      }
    }

    /** The next event; empty when none came in time. */
    public Optional<Event> poll(long timeout, TimeUnit unit) throws InterruptedException {
      return Optional.ofNullable(queue.poll(timeout, unit));
    }

    @Override
    public void close() {
      synchronized (EventBus.this) {
        subscriptions.remove(this);
      }
    }
  }
}
