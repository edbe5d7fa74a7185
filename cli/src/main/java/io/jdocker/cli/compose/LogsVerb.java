package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.LogFollower;
import io.jdocker.cli.compose.output.LogStyle;
import io.jdocker.cli.format.Moments;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code jdocker compose logs}. */
record LogsVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose logs",
        "[OPTIONS] [SERVICE...]",
        "View output from containers",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.BOOL, 'f', "follow", "Follow log output")
            .add(FlagKind.INT, "index", "index of the container if service has multiple replicas")
            .add(FlagKind.BOOL, "no-color", "Produce monochrome output")
            .add(FlagKind.BOOL, "no-log-prefix", "Don't print prefix in logs")
            .add(
                FlagKind.STRING,
                "since",
                "Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for"
                    + " 42 minutes)")
            .add(
                FlagKind.STRING,
                'n',
                "tail",
                "Number of lines to show from the end of the logs for each container (default"
                    + " \"all\")")
            .add(FlagKind.BOOL, 't', "timestamps", "Show timestamps")
            .add(
                FlagKind.STRING,
                "until",
                "Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m"
                    + " for 42 minutes)"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    Instant now = Instant.now();
    LogFollower.Span span =
        new LogFollower.Span(
            line.isSet("follow"),
            Moments.unix("since", line.text("since"), now),
            Moments.unix("until", line.text("until"), now),
            line.text("tail"),
            line.isSet("timestamps"));
    long index = line.number("index", 0);
    Map<String, ServiceContainer> containers = new LinkedHashMap<>();
    for (ServiceContainer container : known.containers(engine, line.arguments(), false)) {
      if (index == 0 || container.number() == index) {
        containers.put(container.shortName(known.name()), container);
      }
    }
    boolean colour =
        !line.isSet("no-color") && Colours.wanted(options.ansi(), StandardStream.isTerminal(1));
    LogStyle style = new LogStyle(!line.isSet("no-log-prefix"), colour, containers.keySet());
    LogFollower follower = new LogFollower(session.console(), style);
    known
        .together(session)
        .each(
            containers.keySet(),
            label -> {
              try (ProjectEngine own = engine.another()) {
                follower.run(own, containers.get(label), label, span);
              }
            });
    return 0;
  }
}
