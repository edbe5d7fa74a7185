package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.compose.model.Dependency;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** {@code jdocker compose restart}: services, and those that asked to be restarted with them. */
record RestartVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose restart",
        "[OPTIONS] [SERVICE...]",
        "Restart service containers",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.BOOL, "no-deps", "Don't restart dependent services")
            .add(FlagKind.INT, 't', "timeout", "Specify a shutdown timeout in seconds"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Composition composition = Composition.open(session, options, line.arguments());
    ProjectEngine engine = composition.engine();
    Set<String> wanted = new LinkedHashSet<>(composition.wanted(line.arguments(), false));
    if (!line.isSet("no-deps")) {
      addDependents(composition, wanted);
    }
    composition
        .together()
        .run(
            composition.order(wanted),
            service -> {
              try (ProjectEngine own = engine.another()) {
                for (ServiceContainer container : own.of(service)) {
                  composition.board().container(container.name(), "Restarting");
                  own.api()
                      .post(
                          Query.of("/containers/", container.id(), "/restart")
                              .with("t", line.text("timeout")));
                  composition.board().container(container.name(), "Started");
                }
              }
            });
    return 0;
  }

  private static void addDependents(Composition composition, Set<String> wanted) {
    boolean grew = true;
    while (grew) {
      grew = false;
      for (String name : composition.project().services().keySet()) {
        for (Map.Entry<String, Dependency> needed :
            composition.service(name).dependsOn().entrySet()) {
          if (needed.getValue().restart() && wanted.contains(needed.getKey())) {
            grew |= wanted.add(name);
          }
        }
      }
    }
  }
}
