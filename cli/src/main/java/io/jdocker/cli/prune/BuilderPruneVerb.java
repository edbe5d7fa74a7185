package io.jdocker.cli.prune;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;

/** {@code jdocker builder prune}: what builds remember of their steps. */
public final class BuilderPruneVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "builder prune",
        "[OPTIONS]",
        "Remove build cache",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.BOOL, 'a', "all", "Remove all unused build cache, not just dangling ones")
            .add(FlagKind.FILTER, "filter", "Provide filter values (e.g. \"until=24h\")")
            .add(FlagKind.BOOL, 'f', "force", "Do not prompt for confirmation")
            .add(FlagKind.BYTES, "keep-storage", "Amount of disk space to keep for cache"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean all = line.isSet("all");
    String warning =
        all ? "This will remove all build cache." : "This will remove all dangling build cache.";
    if (!line.isSet("force") && !Confirmation.ask(session.console(), warning)) {
      return 0;
    }
    List<String> filters = line.list("filter");
    Query query =
        Query.of("/build/prune")
            .when(all, "all")
            .with("filters", filters.isEmpty() ? "" : Filters.json(filters))
            .with("keep-storage", keep(line.bytes("keep-storage")));
    ApiObject removed = ApiObject.of(session.api().post(query));
    PruneReport.printList(
        session.console(), "Deleted build cache objects:", removed.texts("CachesDeleted"));
    PruneReport.printSpace(session.console(), removed.number("SpaceReclaimed"));
    return 0;
  }

  private static String keep(long bytes) {
    return bytes == 0 ? "" : Long.toString(bytes);
  }
}
