package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker compose unpause}. */
record UnpauseVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose unpause",
        "[OPTIONS] [SERVICE...]",
        "Unpause services",
        ArgumentCount.atLeast(0),
        new FlagTable());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    known.withEach(
        session,
        line.arguments(),
        container -> container.state().equals("paused"),
        (engine, container) -> {
          engine.post(container.id(), "unpause");
          known.board().container(container.name(), "Unpaused");
        });
    return 0;
  }
}
