package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.WaitCondition;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * {@code POST /containers/X/wait?condition=}. The head is sent as soon as the wait is on: {@code
 * docker run} starts the container when it has read it.
 */
final class WaitEndpoint implements Handler {
  private final Supplier<Engine> engine;

  WaitEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The answer. */
  record Waited(Optional<String> error, int statusCode) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    WaitCondition condition = condition(exchange);
    // A copy: the original is other clients' too, and must not be cancelled.
    CompletableFuture<Integer> exit =
        engine.get().containers().await(exchange.parameter(), condition).copy();
    exchange.whenClientLeaves(() -> exit.cancel(false));
    ChunkedAnswer answer = exchange.stream(200, "application/json");
    try {
      answer.line(new Waited(Optional.empty(), exit.join()));
      answer.end();
    } catch (CancellationException e) {
      throw new IOException("the client has left", e);
    }
  }

  private static WaitCondition condition(Exchange exchange) {
    String word = exchange.query().text("condition").orElse("");
    try {
      return WaitCondition.parse(word);
    } catch (InvalidArgument e) {
      if (exchange.version().isAtLeast(1, 42)) {
        throw e;
      }
      return WaitCondition.NOT_RUNNING;
    }
  }
}
