package io.jdocker.cli.prune;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker container prune} and its kin: objects of one kind. */
public final class PruneVerb implements Verb {
  private final PruneKind kind;

  public PruneVerb(PruneKind kind) {
    this.kind = kind;
  }

  @Override
  public Synopsis synopsis() {
    FlagTable flags =
        new FlagTable()
            .add(
                FlagKind.FILTER,
                "filter",
                "Provide filter values (e.g. \"" + kind.exampleOfFilter() + "\")")
            .add(FlagKind.BOOL, 'f', "force", "Do not prompt for confirmation");
    if (!kind.helpOfAll().isEmpty()) {
      flags.add(FlagKind.BOOL, 'a', "all", kind.helpOfAll());
    }
    return Synopsis.of(
        kind.word() + " prune", "[OPTIONS]", kind.summary(), ArgumentCount.none(), flags);
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean all = !kind.helpOfAll().isEmpty() && line.isSet("all");
    if (!line.isSet("force") && !Confirmation.ask(session.console(), kind.warning(all))) {
      return 0;
    }
    long space = kind.prune(session, line.list("filter"), all);
    if (kind.takesSpace()) {
      PruneReport.printSpace(session.console(), space);
    }
    return 0;
  }
}
