package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.format.Flags;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code jdocker ps}. */
public final class PsVerb implements Verb {
  private static final String TABLE =
      "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";
  private static final String RAW =
      """
      container_id: {{.ID}}
      image: {{.Image}}
      command: {{.Command}}
      created_at: {{.CreatedAt}}
      state: {{- pad .State 1 0}}
      status: {{- pad .Status 1 0}}
      names: {{.Names}}
      labels: {{- pad .Labels 1 0}}
      ports: {{- pad .Ports 1 0}}
      """;

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("ID", "CONTAINER ID"),
          Map.entry("Names", "NAMES"),
          Map.entry("Image", "IMAGE"),
          Map.entry("Command", "COMMAND"),
          Map.entry("CreatedAt", "CREATED AT"),
          Map.entry("RunningFor", "CREATED"),
          Map.entry("Ports", "PORTS"),
          Map.entry("State", "STATE"),
          Map.entry("Status", "STATUS"),
          Map.entry("Size", "SIZE"),
          Map.entry("Labels", "LABELS"),
          Map.entry("Mounts", "MOUNTS"),
          Map.entry("LocalVolumes", "LOCAL VOLUMES"),
          Map.entry("Networks", "NETWORKS"),
          Map.entry("Platform", "PLATFORM"));

  @Override
  public Synopsis synopsis() {
    FlagTable flags =
        new FlagTable()
            .add(FlagKind.BOOL, 'a', "all", "Show all containers (default shows just running)")
            .add(FlagKind.FILTER, 'f', "filter", "Filter output based on conditions provided")
            .add(
                FlagKind.INT,
                'n',
                "last",
                "Show n last created containers (includes all states)",
                "-1")
            .add(
                FlagKind.BOOL,
                'l',
                "latest",
                "Show the latest created container (includes all states)")
            .add(FlagKind.BOOL, "no-trunc", "Don't truncate output")
            .add(FlagKind.BOOL, 'q', "quiet", "Only display container IDs")
            .add(FlagKind.BOOL, 's', "size", "Display total file sizes");
    return Synopsis.of(
            "ps", "[OPTIONS]", "List containers", ArgumentCount.none(), Flags.list(flags))
        .alsoCalled("container ls", "container list", "container ps", "ps");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean isSized = line.isSet("size");
    Listing listing =
        new Listing(isSized ? TABLE + "\t{{.Size}}" : TABLE, TITLES)
            .withRaw(isSized ? RAW + "size: {{.Size}}\n" : RAW, "container_id: {{.ID}}")
            .strict();
    String format = listing.format(line, session, "{{.ID}}");
    boolean sized = isSized || format.contains(".Size") || format.contains("json .}}");
    long last = line.number("last", -1);
    long limit = line.isSet("latest") && last == -1 ? 1 : last;
    Query query =
        Query.of("/containers/json")
            .when(line.isSet("all"), "all")
            .when(sized, "size")
            .with("limit", limit > 0 ? "" + limit : "")
            .with("filters", Filters.json(line.list("filter")));
    Instant now = Instant.now();
    List<Row> rows = new ArrayList<>();
    for (ApiObject container : ApiObject.list(session.api().get(query))) {
      rows.add(new ContainerRow(container, line.isSet("no-trunc")).row(now));
    }
    session.console().print(listing.print(format, rows));
    return 0;
  }
}
