package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

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
    ProjectEngine engine = known.engine(session);
    Map<String, ServiceContainer> chosen = new LinkedHashMap<>();
    for (ServiceContainer container : known.containers(engine, line.arguments(), false)) {
      if (container.isRunning()) {
        chosen.put(container.name(), container);
      }
    }
    known
        .together(session)
        .each(
            chosen.keySet(),
            name -> {
              try (ProjectEngine own = engine.another()) {
                own.post(chosen.get(name).id(), "pause");
                known.board().container(name, "Paused");
              }
            });
    return 0;
  }
}
