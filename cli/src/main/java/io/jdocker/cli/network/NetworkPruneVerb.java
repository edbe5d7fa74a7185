package io.jdocker.cli.network;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Confirmation;
import io.jdocker.cli.PruneReport;
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

/** {@code jdocker network prune}. */
public final class NetworkPruneVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network prune",
        "[OPTIONS]",
        "Remove all unused networks",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.FILTER, "filter", "Provide filter values (e.g. \"until=<timestamp>\")")
            .add(FlagKind.BOOL, 'f', "force", "Do not prompt for confirmation"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String warning = "This will remove all custom networks not used by at least one container.";
    if (!line.isSet("force") && !Confirmation.ask(session.console(), warning)) {
      throw new CommandFailure("network prune has been cancelled");
    }
    Query query = Query.of("/networks/prune").with("filters", Filters.json(line.list("filter")));
    ApiObject removed = ApiObject.of(session.api().post(query));
    PruneReport.printList(session.console(), "Deleted Networks:", removed.texts("NetworksDeleted"));
    return 0;
  }
}
