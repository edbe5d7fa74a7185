package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.TraceEntry;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code GET /jdocker/containers/X/explain?format=text|json|sh}: what the container's last start
 * did to the kernel.
 */
final class ExplainEndpoint implements Handler {
  private final Supplier<Engine> engine;

  ExplainEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** One effect. */
  record Effect(
      String stage, String purpose, String call, String result, long nanos, String shell) {
    static Effect of(TraceEntry entry) {
      return new Effect(
          entry.stage().name(),
          entry.purpose(),
          entry.call(),
          entry.result(),
          entry.nanos(),
          entry.shell().orElse(""));
    }
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (exchange.query().flag("live")) {
      throw new Unsupported("explain --live is not supported by this version of jdocker");
    }
    String format = exchange.query().text("format").orElse("text");
    List<TraceEntry> entries = engine.get().containers().trace(exchange.parameter()).entries();
    switch (format) {
      case "json" -> exchange.json(200, entries.stream().map(Effect::of).toList());
      case "text" -> exchange.text(200, TraceText.story(entries));
      case "sh" -> exchange.text(200, TraceText.script(exchange.parameter(), entries));
      default ->
          throw new InvalidArgument("unknown format \"" + format + "\": choose text, json or sh");
    }
  }
}
