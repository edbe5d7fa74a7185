package io.jdocker.daemon.stats;

import io.jdocker.daemon.host.HostFacts;
import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * {@code GET /containers/X/stats?stream=1&one-shot=0}: a sample a second until the client leaves or
 * the container is removed. Without {@code stream} one sample, behind which stands one of a second
 * before, unless {@code one-shot} spares the wait for it.
 */
public final class StatsEndpoint implements Handler {
  private final Supplier<Engine> engine;
  private final long hostMemory = HostFacts.memory();

  public StatsEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Container container = engine.get().containers().get(exchange.parameter());
    AtomicBoolean left = new AtomicBoolean();
    Thread thread = Thread.currentThread();
    exchange.whenClientLeaves(
        () -> {
          left.set(true);
          thread.interrupt();
        });
    try {
      // Docker: whatever stream is not, it is on where it is absent.
      if (exchange.query().flag("stream", true)) {
        stream(exchange, container);
      } else {
        exchange.json(200, one(container, exchange.query().flag("one-shot")));
      }
    } catch (InterruptedException e) {
      throw new IOException(left.get() ? "the client has left" : "interrupted", e);
    }
  }

  private StatsDocument one(Container container, boolean atOnce) throws InterruptedException {
    Optional<StatsDocument> before = Optional.empty();
    if (!atOnce && container.state().status().isAlive()) {
      before = Optional.of(sample(container, Optional.empty()));
      TimeUnit.SECONDS.sleep(1);
    }
    return sample(container, before);
  }

  private void stream(Exchange exchange, Container container)
      throws IOException, InterruptedException {
    ChunkedAnswer answer = exchange.stream(200, "application/json");
    Optional<StatsDocument> before = Optional.empty();
    while (engine.get().containers().find(container.id().hex()).isPresent()) {
      StatsDocument sample = sample(container, before);
      answer.line(sample);
      before = Optional.of(sample);
      TimeUnit.SECONDS.sleep(1);
    }
    answer.end();
  }

  private StatsDocument sample(Container container, Optional<StatsDocument> before) {
    StatsView view = new StatsView(container.record().name(), container.id().hex(), hostMemory);
    return engine
        .get()
        .containers()
        .measure(container)
        .map(now -> view.of(now, HostCpu.now(), Instant.now(), before))
        .orElseGet(view::atRest);
  }
}
