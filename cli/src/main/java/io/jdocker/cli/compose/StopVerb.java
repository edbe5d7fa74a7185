package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Ending;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code jdocker compose stop}. */
record StopVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose stop",
        "[OPTIONS] [SERVICE...]",
        "Stop services",
        ArgumentCount.atLeast(0),
        new FlagTable().add(FlagKind.INT, 't', "timeout", "Specify a shutdown timeout in seconds"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    List<ServiceContainer> running = new ArrayList<>();
    for (ServiceContainer container : known.containers(engine, line.arguments(), false)) {
      if (container.isRunning() || container.state().equals("paused")) {
        running.add(container);
      }
    }
    new Ending(known.board(), known.together(session), line.text("timeout")).stop(engine, running);
    return 0;
  }
}
