package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.format.TableWriter;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;

/** {@code jdocker compose top}: the processes of all services. */
record TopVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose top",
        "[SERVICES...]",
        "Display the running processes",
        ArgumentCount.atLeast(0),
        new FlagTable());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    StringBuilder table = new StringBuilder();
    for (ServiceContainer container : known.containers(engine, line.arguments(), false)) {
      if (!container.isRunning()) {
        continue;
      }
      ApiObject answer =
          ApiObject.of(engine.api().get(Query.of("/containers/", container.id(), "/top")));
      if (table.isEmpty()) {
        table.append("SERVICE\t#\t").append(String.join("\t", answer.texts("Titles")));
        table.append('\n');
      }
      for (List<String> process : answer.rows("Processes")) {
        table.append(container.service()).append('\t').append(container.number());
        process.forEach(cell -> table.append('\t').append(cell));
        table.append('\n');
      }
    }
    if (!table.isEmpty()) {
      session.console().print(TableWriter.align(table.toString(), 4, 2));
    }
    return 0;
  }
}
