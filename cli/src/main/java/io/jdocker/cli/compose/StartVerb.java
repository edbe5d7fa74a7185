package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code jdocker compose start}: containers that are there, in the order they need each other. */
record StartVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose start",
        "[SERVICE...]",
        "Start services",
        ArgumentCount.atLeast(0),
        new FlagTable());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Composition composition = Composition.open(session, options, line.arguments());
    ProjectEngine engine = composition.engine();
    Set<String> wanted = composition.wanted(line.arguments(), true);
    List<String> named = line.arguments().isEmpty() ? List.copyOf(wanted) : line.arguments();
    for (String service : named) {
      boolean isEmpty = composition.service(service).lifecycle().replicas() == 0;
      if (!isEmpty && engine.of(service).isEmpty()) {
        throw new CommandFailure("service \"" + service + "\" has no container to start");
      }
    }
    UpVerb.start(composition, engine, wanted);
    return 0;
  }
}
