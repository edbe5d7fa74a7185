package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.TraceEntry;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.explain.Explanation;
import io.jdocker.runtime.explain.LiveTrace;
import io.jdocker.runtime.explain.Story;
import io.jdocker.runtime.explain.TraceJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code GET /jdocker/containers/X/explain?format=text|json|sh}: what the container's last start
 * did to the kernel. With {@code live}, what is done from now on, as it is done and up to the end
 * of the run; JSON is then a line for each effect.
 */
final class ExplainEndpoint implements Handler {
  private final Supplier<Engine> engine;

  ExplainEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String format = exchange.query().text("format").orElse("text");
    if (exchange.query().flag("live")) {
      follow(exchange, format);
      return;
    }
    Explanation explanation = engine.get().containers().explain(exchange.parameter());
    switch (format) {
      case "json" -> {
        ChunkedAnswer answer = exchange.stream(200, "application/json");
        answer.write(explanation.json().getBytes(StandardCharsets.UTF_8));
        answer.end();
      }
      case "text" -> exchange.text(200, explanation.text());
      case "sh" -> exchange.text(200, explanation.script());
      default -> throw unknown(format);
    }
  }

  private void follow(Exchange exchange, String format) throws IOException {
    Function<TraceEntry, String> words = words(format);
    AtomicBoolean left = new AtomicBoolean();
    Thread thread = Thread.currentThread();
    try (LiveTrace.Watch watch = engine.get().containers().explainLive(exchange.parameter())) {
      exchange.whenClientLeaves(
          () -> {
            left.set(true);
            thread.interrupt();
          });
      ChunkedAnswer answer =
          exchange.stream(200, format.equals("json") ? "application/json" : "text/plain");
      answer.flush(); // the client starts the container when it knows that it is watched
      for (Optional<TraceEntry> entry = watch.take(); entry.isPresent(); entry = watch.take()) {
        answer.write(words.apply(entry.get()).getBytes(StandardCharsets.UTF_8));
      }
      answer.end();
    } catch (InterruptedException e) {
      throw new IOException(left.get() ? "the client has left" : "interrupted", e);
    }
  }

  private static Function<TraceEntry, String> words(String format) {
    return switch (format) {
      case "text" -> new Story()::next;
      case "json" -> {
        TraceJson json = new TraceJson();
        yield entry -> json.line(entry) + "\n";
      }
      case "sh" ->
          throw new InvalidArgument(
              "a script is of the whole start: leave out live, or choose text or json");
      default -> throw unknown(format);
    };
  }

  private static InvalidArgument unknown(String format) {
    return new InvalidArgument("unknown format \"" + format + "\": choose text, json or sh");
  }
}
