package io.jdocker.cli.network;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker network reload}: for after a firewall was flushed or restarted. */
public final class NetworkReloadVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network reload",
        "",
        "Set all firewall rules of the engine again, leaving those of others alone",
        ArgumentCount.none(),
        new FlagTable());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    session.api().openUnversioned("POST", Query.of("/jdocker/network/reload")).close();
    return 0;
  }
}
