package io.jdocker.cli.prune;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker system prune}: all kinds, volumes only where they are asked for. */
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
      return 0;
    }
    long space = 0;
    for (PruneKind kind : PruneKind.values()) {
      if (kind != PruneKind.VOLUME || line.isSet("volumes")) {
        boolean all = kind == PruneKind.IMAGE && line.isSet("all");
        space += kind.prune(session, line.list("filter"), all);
      }
    }
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
}
