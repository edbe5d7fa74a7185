package io.jdocker.cli.image;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.HumanDuration;
import io.jdocker.cli.format.HumanSize;
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

/** {@code jdocker history}. */
public final class HistoryVerb implements Verb {
  private static final int LONGEST = 45;
  private static final String TABLE =
      "{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}";
  private static final String EXACT_TABLE =
      "{{.ID}}\t{{.CreatedAt}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}";
  private static final Map<String, String> TITLES =
      Map.of(
          "ID", "IMAGE",
          "CreatedSince", "CREATED",
          "CreatedAt", "CREATED AT",
          "CreatedBy", "CREATED BY",
          "Size", "SIZE",
          "Comment", "COMMENT");

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "history",
            "[OPTIONS] IMAGE",
            "Show the history of an image",
            ArgumentCount.exactly(1),
            Flags.list(
                new FlagTable()
                    .add(
                        FlagKind.BOOL,
                        'H',
                        "human",
                        "Print sizes and dates in human readable format",
                        "true")
                    .add(FlagKind.BOOL, "no-trunc", "Don't truncate output")
                    .add(FlagKind.BOOL, 'q', "quiet", "Only show image IDs")))
        .alsoCalled("image history", "history");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean human = line.isSet("human", true);
    Listing listing = new Listing(human ? TABLE : EXACT_TABLE, TITLES);
    String format = listing.format(line, session, "{{.ID}}");
    boolean whole = line.isSet("no-trunc");
    Instant now = Instant.now();
    List<Row> rows = new ArrayList<>();
    for (ApiObject layer :
        ApiObject.list(session.api().get(Query.of("/images/", line.argument(0), "/history")))) {
      rows.add(row(layer, whole, human, now));
    }
    session.console().print(listing.print(format, rows));
    return 0;
  }

  private static Row row(ApiObject layer, boolean whole, boolean human, Instant now) {
    Instant created = Instant.ofEpochSecond(layer.number("Created"));
    String id = layer.text("Id");
    String command = layer.text("CreatedBy").replace('\t', ' ');
    long size = layer.number("Size");
    return new Row("*formatter.historyContext", Map.of())
        .with("ID", whole || id.equals("<missing>") ? id : ImagesVerb.shortId(id))
        .with("CreatedSince", human ? HumanDuration.ago(created, now) : created.toString())
        .with("CreatedAt", created.toString())
        .with(
            "CreatedBy",
            whole || command.length() <= LONGEST
                ? command
                : command.substring(0, LONGEST - 1) + "…")
        .with("Size", human ? HumanSize.of(size) : "" + size)
        .with("Comment", layer.text("Comment"));
  }
}
