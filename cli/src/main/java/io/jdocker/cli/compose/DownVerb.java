package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Ending;
import io.jdocker.cli.compose.act.Removal;
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

/** {@code jdocker compose down}: containers and networks, volumes and images where asked for. */
record DownVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose down",
        "[OPTIONS] [SERVICES]",
        "Stop and remove containers, networks",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(
                FlagKind.BOOL,
                "remove-orphans",
                "Remove containers for services not defined in the Compose file")
            .add(
                FlagKind.STRING,
                "rmi",
                "Remove images used by services. \"local\" remove only images that don't have a"
                    + " custom tag (\"local\"|\"all\")")
            .add(FlagKind.INT, 't', "timeout", "Specify a shutdown timeout in seconds")
            .add(
                FlagKind.BOOL,
                'v',
                "volumes",
                "Remove named volumes declared in the \"volumes\" section of the Compose file and"
                    + " anonymous volumes attached to containers"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String images = line.text("rmi");
    if (!images.matches("|local|all")) {
      throw new CommandFailure("invalid value for --rmi: \"" + images + "\"");
    }
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    List<ServiceContainer> ending = new ArrayList<>();
    List<String> named = line.arguments();
    for (ServiceContainer container : engine.all()) {
      boolean isOrphan = known.isOrphan(container);
      boolean isNamed = named.isEmpty() || named.contains(container.service());
      if (isNamed && (!isOrphan || line.isSet("remove-orphans"))) {
        ending.add(container);
      }
    }
    new Ending(known.board(), known.together(session), line.text("timeout"))
        .remove(engine, ending, line.isSet("volumes"));
    Removal removal = new Removal(engine, known.board());
    if (!images.isEmpty()) {
      removal.images(known.images(ending, images.equals("local")));
    }
    if (named.isEmpty()) {
      removal.networks(known.networks());
      if (line.isSet("volumes")) {
        removal.volumes(known.volumes());
      }
    }
    return 0;
  }
}
