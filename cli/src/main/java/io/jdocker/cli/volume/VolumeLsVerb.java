package io.jdocker.cli.volume;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.NaturalOrder;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** {@code jdocker volume ls}. */
public final class VolumeLsVerb implements Verb {
  private static final String TABLE = "{{.Driver}}\t{{.Name}}";
  private static final Map<String, String> TITLES =
      Map.of(
          "Name", "VOLUME NAME",
          "Driver", "DRIVER",
          "Scope", "SCOPE",
          "Mountpoint", "MOUNTPOINT",
          "Labels", "LABELS",
          "Links", "LINKS",
          "Size", "SIZE");

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "volume ls",
            "[OPTIONS]",
            "List volumes",
            ArgumentCount.none(),
            Flags.list(
                new FlagTable()
                    .add(
                        FlagKind.FILTER,
                        'f',
                        "filter",
                        "Provide filter values (e.g. \"dangling=true\")")
                    .add(FlagKind.BOOL, 'q', "quiet", "Only display volume names")))
        .alsoCalled("volume ls", "volume list");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Listing listing =
        new Listing(TABLE, TITLES)
            .withRaw("name: {{.Name}}\ndriver: {{.Driver}}\n", "name: {{.Name}}");
    String format = listing.format(line, session, "{{.Name}}");
    Query query = Query.of("/volumes").with("filters", Filters.json(line.list("filter")));
    List<ApiObject> volumes = ApiObject.of(session.api().get(query)).objects("Volumes");
    volumes.sort(Comparator.comparing(volume -> volume.text("Name"), new NaturalOrder()));
    List<Row> rows = new ArrayList<>();
    for (ApiObject volume : volumes) {
      rows.add(row(volume));
    }
    session.console().print(listing.print(format, rows));
    return 0;
  }

  private static Row row(ApiObject volume) {
    StringJoiner labels = new StringJoiner(",");
    volume.map("Labels").forEach((name, value) -> labels.add(name + "=" + value));
    return new Row("*formatter.volumeContext", volume.map("Labels"))
        .with("Name", volume.text("Name"))
        .with("Driver", volume.text("Driver"))
        .with("Scope", volume.text("Scope"))
        .with("Mountpoint", volume.text("Mountpoint"))
        .with("Labels", labels.toString())
        .with("Links", "N/A")
        .with("Size", "N/A")
        .with("Availability", "N/A")
        .with("Group", "N/A")
        .with("Status", "N/A");
  }
}
