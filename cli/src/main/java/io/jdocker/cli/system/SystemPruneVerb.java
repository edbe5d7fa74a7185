package io.jdocker.cli.system;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Confirmation;
import io.jdocker.cli.PruneReport;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.image.DeletedImage;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code jdocker system prune}: containers, networks, volumes if asked, images, in that order. */
public final class SystemPruneVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "system prune",
        "[OPTIONS]",
        "Remove unused data",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.BOOL, 'a', "all", "Remove all unused images not just dangling ones")
            .add(FlagKind.FILTER, "filter", "Provide filter values (e.g. \"label=<key>=<value>\")")
            .add(FlagKind.BOOL, 'f', "force", "Do not prompt for confirmation")
            .add(FlagKind.BOOL, "volumes", "Prune anonymous volumes"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    if (!line.isSet("force") && !Confirmation.ask(session.console(), warning(line))) {
      throw new CommandFailure("system prune has been cancelled");
    }
    long space = step(line, session, "containers", "Containers");
    space += step(line, session, "networks", "Networks");
    if (line.isSet("volumes")) {
      space += step(line, session, "volumes", "Volumes");
    }
    space += images(line, session);
    PruneReport.printSpace(session.console(), space);
    return 0;
  }

  private static String warning(Parsed line) {
    StringBuilder text = new StringBuilder("This will remove:\n");
    text.append("  - all stopped containers\n");
    text.append("  - all networks not used by at least one container\n");
    if (line.isSet("volumes")) {
      text.append("  - all anonymous volumes not used by at least one container\n");
    }
    text.append(
        line.isSet("all")
            ? "  - all images without at least one container associated to them\n"
            : "  - all dangling images\n");
    return text.toString();
  }

  private static long step(Parsed line, Session session, String path, String name)
      throws IOException {
    Query query =
        Query.of("/" + path + "/prune").with("filters", Filters.json(line.list("filter")));
    ApiObject removed = ApiObject.of(session.api().post(query));
    PruneReport.printList(
        session.console(), "Deleted " + name + ":", removed.texts(name + "Deleted"));
    return removed.number("SpaceReclaimed");
  }

  private static long images(Parsed line, Session session) throws IOException {
    List<String> filters = new ArrayList<>(line.list("filter"));
    filters.add("dangling=" + !line.isSet("all"));
    Query query = Query.of("/images/prune").with("filters", Filters.json(filters));
    ApiObject removed = ApiObject.of(session.api().post(query));
    List<String> lines = new ArrayList<>();
    for (ApiObject entry : removed.objects("ImagesDeleted")) {
      lines.add(DeletedImage.text(entry));
    }
    PruneReport.printList(session.console(), "Deleted Images:", lines);
    return removed.number("SpaceReclaimed");
  }
}
