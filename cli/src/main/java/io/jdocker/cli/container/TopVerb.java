package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.TableWriter;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;

/** {@code jdocker top}: the processes of a container, as ps on the host sees them. */
public final class TopVerb implements Verb {
  private static final int MINIMUM_WIDTH = 20;
  private static final int PADDING = 3;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "top",
            "CONTAINER [ps OPTIONS]",
            "Display the running processes of a container",
            ArgumentCount.atLeast(1),
            new FlagTable())
        .alsoCalled("container top", "top")
        .stoppingAtArgument();
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    List<String> options = line.arguments().subList(1, line.arguments().size());
    Query query =
        ContainerPaths.of(line.argument(0), "top").with("ps_args", String.join(" ", options));
    ApiObject answer = ApiObject.of(session.api().get(query));
    StringBuilder table = new StringBuilder(String.join("\t", answer.texts("Titles")));
    table.append('\n');
    for (List<String> process : answer.rows("Processes")) {
      table.append(String.join("\t", process)).append('\n');
    }
    session.console().print(TableWriter.align(table.toString(), MINIMUM_WIDTH, PADDING));
    return 0;
  }
}
