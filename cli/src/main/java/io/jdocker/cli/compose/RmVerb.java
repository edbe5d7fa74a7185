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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code jdocker compose rm}: containers that do not run. */
record RmVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose rm",
        "[OPTIONS] [SERVICE...]",
        "Removes stopped service containers",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.BOOL, 'f', "force", "Don't ask to confirm removal")
            .add(FlagKind.BOOL, 's', "stop", "Stop the containers, if required, before removing")
            .add(
                FlagKind.BOOL,
                'v',
                "volumes",
                "Remove any anonymous volumes attached to containers"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    List<ServiceContainer> all = known.containers(engine, line.arguments(), false);
    if (line.isSet("stop")) {
      List<ServiceContainer> running = all.stream().filter(ServiceContainer::isRunning).toList();
      new Ending(known.board(), known.together(session), "").stop(engine, running);
      all = known.containers(engine, line.arguments(), false);
    }
    Map<String, ServiceContainer> stopped = new LinkedHashMap<>();
    for (ServiceContainer container : all) {
      if (!container.isRunning() && !container.state().equals("paused")) {
        stopped.put(container.name(), container);
      }
    }
    if (stopped.isEmpty()) {
      session.console().error("No stopped containers");
      return 0;
    }
    if (!line.isSet("force") && !confirmed(session, new ArrayList<>(stopped.keySet()))) {
      return 0;
    }
    known
        .together(session)
        .each(
            stopped.keySet(),
            name -> {
              try (ProjectEngine own = engine.another()) {
                known.board().container(name, "Removing");
                own.remove(stopped.get(name).id(), line.isSet("volumes"));
                known.board().container(name, "Removed");
              }
            });
    return 0;
  }

  private static boolean confirmed(Session session, List<String> names) throws IOException {
    session.console().print("? Going to remove " + String.join(", ", names) + " (y/N) ");
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    for (int c = session.console().in().read();
        c >= 0 && c != '\n';
        c = session.console().in().read()) {
      typed.write(c);
    }
    return typed.toString(StandardCharsets.UTF_8).strip().matches("[yY]([eE][sS])?");
  }
}
