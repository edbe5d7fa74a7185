package io.jdocker.cli.network;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker network rm}. */
public final class NetworkRmVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "network rm",
            "NETWORK [NETWORK...]",
            "Remove one or more networks",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.BOOL, 'f', "force", "Do not error if the network does not exist"))
        .alsoCalled("network rm", "network remove");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean force = line.isSet("force");
    EachTarget targets =
        new EachTarget(session)
            .silently(line.arguments(), network -> remove(session, network, force));
    if (!targets.failed().isEmpty()) {
      session.console().error("exit status 1");
    }
    return targets.exitCode();
  }

  private static void remove(Session session, String network, boolean force) throws IOException {
    try {
      session.api().delete(Query.of("/networks/", network, ""));
    } catch (ApiException e) {
      if (!force || !e.isNotFound()) {
        throw e;
      }
      return;
    }
    session.console().printLine(network);
  }
}
