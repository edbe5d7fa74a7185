package io.jdocker.daemon.system;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.UnixTime;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.event.EventBus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * {@code GET /events?since=&until=&filters=}: what happens, as it happens. With {@code since}, what
 * is remembered comes first; {@code until} ends the stream.
 */
final class EventsEndpoint implements Handler {
  private final Supplier<Engine> engine;

  EventsEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    EventFilter filter = EventFilter.of(exchange.query());
    Optional<Instant> since = UnixTime.of(exchange.query(), "since");
    Optional<Instant> until = UnixTime.of(exchange.query(), "until");
    boolean past = since.isPresent() || until.isPresent();
    AtomicBoolean left = new AtomicBoolean();
    Thread thread = Thread.currentThread();
    try (EventBus.Subscription events = engine.get().events().subscribe(past)) {
      exchange.whenClientLeaves(
          () -> {
            left.set(true);
            thread.interrupt();
          });
      ChunkedAnswer answer = exchange.stream(200, "application/json");
      for (Optional<Event> event = next(events, until);
          event.isPresent();
          event = next(events, until)) {
        Instant time = event.get().time();
        boolean inTime =
            !since.map(time::isBefore).orElse(false) && !until.map(time::isAfter).orElse(false);
        if (inTime && filter.test(event.get())) {
          answer.line(EventDocument.of(event.get()));
        }
      }
      answer.end();
    } catch (InterruptedException e) {
      throw new IOException(left.get() ? "the client has left" : "interrupted", e);
    }
  }

  /** Waits; empty when the time is over. Events that came before the end are still delivered. */
  private static Optional<Event> next(EventBus.Subscription events, Optional<Instant> until)
      throws InterruptedException {
    if (until.isEmpty()) {
      return events.poll(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
    long nanos = Math.max(0, Duration.between(Instant.now(), until.get()).toNanos());
    return events.poll(nanos, TimeUnit.NANOSECONDS);
  }
}
