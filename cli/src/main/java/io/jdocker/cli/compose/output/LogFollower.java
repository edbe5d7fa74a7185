package io.jdocker.cli.compose.output;

import io.jdocker.cli.Console;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.stream.Demultiplexer;
import java.io.IOException;

/** Prints the log of one container, line by line behind its prefix. */
public final class LogFollower {
  /** Which part of the log: texts as the API takes them, empty for all. */
  public record Span(boolean follow, String since, String until, String tail, boolean timestamps) {}

  private final Console console;
  private final LogStyle style;

  public LogFollower(Console console, LogStyle style) {
    this.console = console;
    this.style = style;
  }

  /** Prints until the log ends: at once, or when the container does. */
  public void run(ProjectEngine engine, ServiceContainer container, String label, Span span)
      throws IOException {
    Query query =
        Query.of("/containers/", container.id(), "/logs")
            .with("stdout", "1")
            .with("stderr", "1")
            .when(span.follow(), "follow")
            .when(span.timestamps(), "timestamps")
            .with("since", span.since())
            .with("until", span.until())
            .with("tail", span.tail());
    ApiObject inspected = engine.inspect(container.id());
    String prefix = style.prefix(label);
    try (Response logs = engine.api().open("GET", query);
        LinePrinter out = new LinePrinter(console.out(), prefix);
        LinePrinter err = new LinePrinter(console.err(), prefix)) {
      if (inspected.object("Config").isTrue("Tty")) {
        logs.body().transferTo(out);
      } else {
        new Demultiplexer(logs.body(), out, err).run();
      }
    }
  }
}
