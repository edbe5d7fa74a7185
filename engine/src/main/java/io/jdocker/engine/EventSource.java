package io.jdocker.engine;

import io.jdocker.runtime.event.EventBus;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What happens in an engine from its opening on. It ends only by an interrupt of who waits. */
final class EventSource implements Source<EngineEvent> {
  private final EventBus.Subscription subscription;

  EventSource(EventBus bus) {
    subscription = bus.subscribe(false);
  }

  @Override
  public Optional<EngineEvent> next() throws InterruptedException {
    return subscription.poll(Long.MAX_VALUE, TimeUnit.NANOSECONDS).map(EngineEvent::of);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
