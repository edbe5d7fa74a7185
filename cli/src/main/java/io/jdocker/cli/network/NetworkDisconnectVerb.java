package io.jdocker.cli.network;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker network disconnect}. */
public final class NetworkDisconnectVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network disconnect",
        "[OPTIONS] NETWORK CONTAINER",
        "Disconnect a container from a network",
        ArgumentCount.exactly(2),
        new FlagTable()
            .add(FlagKind.BOOL, 'f', "force", "Force the container to disconnect from a network"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    session
        .api()
        .post(
            Query.of("/networks/", line.argument(0), "/disconnect"),
            new JsonBody()
                .text("Container", line.argument(1))
                .flag("Force", line.isSet("force"))
                .build());
    return 0;
  }
}
