package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker compose kill}. */
record KillVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose kill",
        "[OPTIONS] [SERVICE...]",
        "Force stop service containers",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(
                FlagKind.BOOL,
                "remove-orphans",
                "Remove containers for services not defined in the Compose file")
            .add(FlagKind.STRING, 's', "signal", "SIGNAL to send to the container", "SIGKILL"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    known.withEach(
        session,
        line.arguments(),
        container ->
            container.isRunning() && (line.isSet("remove-orphans") || !known.isOrphan(container)),
        (engine, container) -> {
          known.board().container(container.name(), "Killing");
          engine
              .api()
              .post(
                  Query.of("/containers/", container.id(), "/kill")
                      .with("signal", line.find("signal").orElse("SIGKILL")));
          known.board().container(container.name(), "Killed");
        });
    return 0;
  }
}
