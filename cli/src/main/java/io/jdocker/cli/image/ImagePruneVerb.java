package io.jdocker.cli.image;

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

/** {@code jdocker image prune}: untagged images, all unused ones with {@code -a}. */
public final class ImagePruneVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "image prune",
        "[OPTIONS]",
        "Remove unused images",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.BOOL, 'a', "all", "Remove all unused images, not just dangling ones")
            .add(FlagKind.FILTER, "filter", "Provide filter values (e.g. \"until=<timestamp>\")")
            .add(FlagKind.BOOL, 'f', "force", "Do not prompt for confirmation"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean all = line.isSet("all");
    String warning =
        all
            ? "This will remove all images without at least one container associated to them."
            : "This will remove all dangling images.";
    if (!line.isSet("force") && !Confirmation.ask(session.console(), warning)) {
      throw new CommandFailure("image prune has been cancelled");
    }
    List<String> filters = new ArrayList<>(line.list("filter"));
    filters.add("dangling=" + !all);
    Query query = Query.of("/images/prune").with("filters", Filters.json(filters));
    ApiObject removed = ApiObject.of(session.api().post(query));
    List<String> lines = new ArrayList<>();
    for (ApiObject entry : removed.objects("ImagesDeleted")) {
      lines.add(DeletedImage.text(entry));
    }
    PruneReport.printList(session.console(), "Deleted Images:", lines);
    PruneReport.printSpace(session.console(), removed.number("SpaceReclaimed"));
    return 0;
  }
}
