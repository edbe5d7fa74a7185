package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Moments;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.stream.Demultiplexer;
import java.io.IOException;
import java.time.Instant;

/** {@code jdocker logs}. */
public final class LogsVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "logs",
            "[OPTIONS] CONTAINER",
            "Fetch the logs of a container",
            ArgumentCount.exactly(1),
            new FlagTable()
                .add(FlagKind.BOOL, "details", "Show extra details provided to logs")
                .add(FlagKind.BOOL, 'f', "follow", "Follow log output")
                .add(
                    FlagKind.STRING,
                    "since",
                    "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)")
                .add(
                    FlagKind.STRING,
                    'n',
                    "tail",
                    "Number of lines to show from the end of the logs",
                    "\"all\"")
                .add(FlagKind.BOOL, 't', "timestamps", "Show timestamps")
                .add(
                    FlagKind.STRING,
                    "until",
                    "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)"))
        .alsoCalled("container logs", "logs");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    ApiObject container =
        ApiObject.of(session.api().get(ContainerPaths.of(line.argument(0), "json")));
    Instant now = Instant.now();
    Query query =
        ContainerPaths.of(container.text("Id"), "logs")
            .with("stdout", "1")
            .with("stderr", "1")
            .with("since", Moments.unix("since", line.text("since"), now))
            .with("until", Moments.unix("until", line.text("until"), now))
            .when(line.isSet("timestamps"), "timestamps")
            .when(line.isSet("follow"), "follow")
            .when(line.isSet("details"), "details")
            .with("tail", line.find("tail").orElse("all"));
    try (Response logs = session.api().open("GET", query)) {
      if (container.object("Config").isTrue("Tty")) {
        Explanation.copy(logs.body(), session.console().out());
      } else {
        new Demultiplexer(logs.body(), session.console().out(), session.console().err()).run();
      }
    }
    return 0;
  }
}
