package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.ContainerTable;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code jdocker compose ps}. */
record PsVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose ps",
        "[OPTIONS] [SERVICE...]",
        "List containers",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(
                FlagKind.BOOL,
                'a',
                "all",
                "Show all stopped containers (including those created by the run command)")
            .add(FlagKind.STRING, "filter", "Filter services by a property (supported: status)")
            .add(
                FlagKind.STRING,
                "format",
                "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or"
                    + " 'TEMPLATE'")
            .add(FlagKind.BOOL, "no-trunc", "Don't truncate output")
            .add(FlagKind.BOOL, "orphans", "Include orphaned services (not declared by project)")
            .add(FlagKind.BOOL, 'q', "quiet", "Only display IDs")
            .add(FlagKind.BOOL, "services", "Display services")
            .add(
                FlagKind.LIST,
                "status",
                "Filter services by status. Values: [paused | restarting | removing | running |"
                    + " dead | created | exited]"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    List<String> states = new ArrayList<>(line.list("status"));
    String filter = line.text("filter");
    if (!filter.isEmpty()) {
      if (!filter.startsWith("status=")) {
        throw new CommandFailure("unknown filter " + filter);
      }
      states.add(filter.substring("status=".length()));
    }
    boolean all = line.isSet("all");
    List<ServiceContainer> shown = new ArrayList<>();
    for (ServiceContainer container : known.containers(engine, line.arguments(), all)) {
      boolean fits =
          states.isEmpty()
              ? all || !container.state().matches("exited|created|dead|removing")
              : states.contains(container.state());
      if (fits && (line.isSet("orphans", true) || !known.isOrphan(container))) {
        shown.add(container);
      }
    }
    if (line.isSet("quiet")) {
      for (ServiceContainer container : shown) {
        session.console().printLine(container.id());
      }
      return 0;
    }
    if (line.isSet("services")) {
      Set<String> services = new LinkedHashSet<>();
      shown.forEach(container -> services.add(container.service()));
      for (String service : services) {
        session.console().printLine(service);
      }
      return 0;
    }
    session
        .console()
        .print(
            new ContainerTable(line.isSet("no-trunc"))
                .text(shown, line.text("format"), known.name()));
    return 0;
  }
}
