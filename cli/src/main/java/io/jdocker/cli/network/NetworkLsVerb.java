package io.jdocker.cli.network;

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

/** {@code jdocker network ls}. */
public final class NetworkLsVerb implements Verb {
  private static final int SHORT_ID = 12;
  private static final String TABLE = "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}";
  private static final String RAW =
      """
      network_id: {{.ID}}
      name: {{.Name}}
      driver: {{.Driver}}
      scope: {{.Scope}}
      """;

  private static final Map<String, String> TITLES =
      Map.of(
          "ID", "NETWORK ID",
          "Name", "NAME",
          "Driver", "DRIVER",
          "Scope", "SCOPE",
          "IPv4", "IPV4",
          "IPv6", "IPV6",
          "Internal", "INTERNAL",
          "Labels", "LABELS",
          "CreatedAt", "CREATED AT");

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "network ls",
            "[OPTIONS]",
            "List networks",
            ArgumentCount.none(),
            Flags.list(
                new FlagTable()
                    .add(
                        FlagKind.FILTER,
                        'f',
                        "filter",
                        "Provide filter values (e.g. \"driver=bridge\")")
                    .add(FlagKind.BOOL, "no-trunc", "Do not truncate the output")
                    .add(FlagKind.BOOL, 'q', "quiet", "Only display network IDs")))
        .alsoCalled("network ls", "network list");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Listing listing = new Listing(TABLE, TITLES).withRaw(RAW, "network_id: {{.ID}}");
    String format = listing.format(line, session, "{{.ID}}");
    Query query = Query.of("/networks").with("filters", Filters.json(line.list("filter")));
    List<ApiObject> networks = ApiObject.list(session.api().get(query));
    networks.sort(Comparator.comparing(network -> network.text("Name"), new NaturalOrder()));
    List<Row> rows = new ArrayList<>();
    for (ApiObject network : networks) {
      rows.add(row(network, line.isSet("no-trunc")));
    }
    session.console().print(listing.print(format, rows));
    return 0;
  }

  private static Row row(ApiObject network, boolean whole) {
    String id = network.text("Id");
    StringJoiner labels = new StringJoiner(",");
    network.map("Labels").forEach((name, value) -> labels.add(name + "=" + value));
    return new Row("*network.networkContext", network.map("Labels"))
        .with("ID", whole || id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID))
        .with("Name", network.text("Name"))
        .with("Driver", network.text("Driver"))
        .with("Scope", network.text("Scope"))
        .with("IPv4", "" + network.isTrue("EnableIPv4"))
        .with("IPv6", "" + network.isTrue("EnableIPv6"))
        .with("Internal", "" + network.isTrue("Internal"))
        .with("Labels", labels.toString())
        .with("CreatedAt", network.text("Created").replace('T', ' ').replace("Z", " +0000 UTC"));
  }
}
