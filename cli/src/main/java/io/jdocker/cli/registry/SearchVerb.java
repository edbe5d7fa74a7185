package io.jdocker.cli.registry;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
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

/** {@code jdocker search}. */
public final class SearchVerb implements Verb {
  private static final int SHORT = 45;
  private static final String TABLE =
      "{{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}";
  private static final Map<String, String> TITLES =
      Map.of(
          "Name", "NAME",
          "Description", "DESCRIPTION",
          "StarCount", "STARS",
          "IsOfficial", "OFFICIAL");

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "search",
        "[OPTIONS] TERM",
        "Search Docker Hub for images",
        ArgumentCount.exactly(1),
        new FlagTable()
            .add(FlagKind.FILTER, 'f', "filter", "Filter output based on conditions provided")
            .add(FlagKind.STRING, "format", "Pretty-print search using a Go template")
            .add(FlagKind.INT, "limit", "Max number of search results")
            .add(FlagKind.BOOL, "no-trunc", "Don't truncate output"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String term = line.argument(0);
    Query query =
        Query.of("/images/search")
            .with("term", term)
            .with("limit", line.text("limit"))
            .with("filters", Filters.json(new ArrayList<>(line.list("filter"))));
    List<ApiObject> found;
    try (Response response =
        session.api().open("GET", query, RegistryAccess.fields(session, term))) {
      found = ApiObject.list(com.google.gson.JsonParser.parseString(response.text()));
    }
    List<Row> rows = found.stream().map(result -> row(result, line.isSet("no-trunc"))).toList();
    session.console().print(new Listing(TABLE, TITLES).print(line.text("format"), rows));
    return 0;
  }

  private static Row row(ApiObject result, boolean whole) {
    String description = result.text("description").replaceAll("\\s+", " ").strip();
    if (!whole && description.length() > SHORT) {
      description = description.substring(0, SHORT - 1) + "…";
    }
    return new Row("*formatter.searchContext", Map.of())
        .with("Name", result.text("name"))
        .with("Description", description)
        .with("StarCount", "" + result.number("star_count"))
        .with("IsOfficial", result.isTrue("is_official") ? "[OK]" : "")
        .with("IsAutomated", "");
  }
}
