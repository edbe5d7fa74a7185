package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code jdocker compose ls}: the projects of which there are containers. */
record LsVerb(ComposeOptions options) implements Verb {
  private static final Map<String, String> TITLES =
      Map.of("Name", "NAME", "Status", "STATUS", "ConfigFiles", "CONFIG FILES");

  /** One project. */
  private static final class Found {
    private final Map<String, Integer> states = new TreeMap<>();
    private String files = "";

    String status() {
      List<String> parts = new ArrayList<>();
      states.forEach((state, count) -> parts.add(state + "(" + count + ")"));
      return String.join(", ", parts);
    }
  }

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose ls",
        "[OPTIONS]",
        "List running compose projects",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.BOOL, 'a', "all", "Show all stopped Compose projects")
            .add(FlagKind.FILTER, "filter", "Filter output based on conditions provided")
            .add(FlagKind.STRING, "format", "Format the output. Values: [table | json]")
            .add(FlagKind.BOOL, 'q', "quiet", "Only display project names"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Found> entry : projects(session, line.isSet("all")).entrySet()) {
      if (!fits(line.list("filter"), entry.getKey())) {
        continue;
      }
      if (line.isSet("quiet")) {
        session.console().printLine(entry.getKey());
      }
      rows.add(
          new Row("*formatter.ProjectContext", Map.of())
              .with("Name", entry.getKey())
              .with("Status", entry.getValue().status())
              .with("ConfigFiles", entry.getValue().files));
    }
    if (!line.isSet("quiet")) {
      session
          .console()
          .print(
              new Listing("{{.Name}}\t{{.Status}}\t{{.ConfigFiles}}", TITLES)
                  .print(line.text("format"), rows));
    }
    return 0;
  }

  private static Map<String, Found> projects(Session session, boolean all) throws IOException {
    Query query =
        Query.of("/containers/json")
            .when(all, "all")
            .with("filters", Filters.json(List.of("label=" + Labels.PROJECT)));
    Map<String, Found> projects = new TreeMap<>();
    for (ApiObject container : ApiObject.list(session.api().get(query))) {
      Map<String, String> labels = container.map("Labels");
      if (labels.getOrDefault(Labels.ONE_OFF, "").equals("True")) {
        continue;
      }
      Found project =
          projects.computeIfAbsent(labels.getOrDefault(Labels.PROJECT, ""), name -> new Found());
      project.states.merge(container.text("State"), 1, Integer::sum);
      project.files = labels.getOrDefault(Labels.FILES, "N/A");
    }
    return projects;
  }

  private static boolean fits(List<String> filters, String name) {
    for (String filter : filters) {
      if (!filter.startsWith("name=")) {
        throw new CommandFailure("invalid filter '" + filter + "': only name is supported");
      }
      if (!name.contains(filter.substring("name=".length()))) {
        return false;
      }
    }
    return true;
  }
}
