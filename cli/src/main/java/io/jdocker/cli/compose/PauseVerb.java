package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker compose pause}. */
record PauseVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose pause",
        "[OPTIONS] [SERVICE...]",
        "Pause services",
        ArgumentCount.atLeast(0),
        new FlagTable());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    known.withEach(
        session,
        line.arguments(),
        ServiceContainer::isRunning,
        (engine, container) -> {
          engine.post(container.id(), "pause");
          known.board().container(container.name(), "Paused");
        });
    return 0;
  }
}
