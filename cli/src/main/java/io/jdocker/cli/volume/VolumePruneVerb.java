package io.jdocker.cli.volume;

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
import java.util.ArrayList;
import java.util.List;

/** {@code jdocker volume prune}: anonymous volumes, all unused ones with {@code -a}. */
public final class VolumePruneVerb implements Verb {
  /** Before 1.42 every unused volume was pruned. */
  private static final int FIRST_WITH_ALL = 42;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "volume prune",
        "[OPTIONS]",
        "Remove unused local volumes",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.BOOL, 'a', "all", "Remove all unused volumes, not just anonymous ones")
            .add(FlagKind.FILTER, "filter", "Provide filter values (e.g. \"label=<label>\")")
            .add(FlagKind.BOOL, 'f', "force", "Do not prompt for confirmation"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean all = line.isSet("all");
    String warning =
        all
            ? "This will remove all local volumes not used by at least one container."
            : "This will remove anonymous local volumes not used by at least one container.";
    if (!line.isSet("force") && !Confirmation.ask(session.console(), warning)) {
      throw new CommandFailure("volume prune has been cancelled");
    }
    List<String> filters = new ArrayList<>(line.list("filter"));
    if (all && session.api().speaks(FIRST_WITH_ALL)) {
      filters.add("all=true");
    }
    Query query = Query.of("/volumes/prune").with("filters", Filters.json(filters));
    ApiObject removed = ApiObject.of(session.api().post(query));
    PruneReport.printList(session.console(), "Deleted Volumes:", removed.texts("VolumesDeleted"));
    PruneReport.printSpace(session.console(), removed.number("SpaceReclaimed"));
    return 0;
  }
}
