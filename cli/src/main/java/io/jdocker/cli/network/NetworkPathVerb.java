package io.jdocker.cli.network;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker network path}: hop by hop how a packet goes, and where it would be dropped. */
public final class NetworkPathVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network path",
        "[OPTIONS] FROM TO[:PORT][/udp]",
        "Show how a packet goes from a container, the host or an address to another, or who drops it",
        ArgumentCount.exactly(2),
        new FlagTable()
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "format",
                """
                How to tell it:
                'text': hop by hop, with the rules that matter
                'json': every hop with every rule""",
                "\"text\""));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Query query =
        Query.of("/jdocker/network/path")
            .with("from", line.argument(0))
            .with("to", line.argument(1))
            .with("format", line.find("format").orElse("text"));
    try (Response way = session.api().openUnversioned("GET", query)) {
      way.body().transferTo(session.console().out());
    }
    return 0;
  }
}
