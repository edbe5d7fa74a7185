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

/** {@code jdocker network graph}: the host's links, and where each of them leads. */
public final class NetworkGraphVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network graph",
        "[OPTIONS]",
        "Show bridges, veth pairs, namespaces and containers of the host as a picture",
        ArgumentCount.none(),
        new FlagTable()
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "format",
                """
                How to draw it:
                'text': a tree for the terminal
                'json': every link with its other end
                'dot':  for Graphviz
                'svg':  a picture for a browser or a page""",
                "\"text\""));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Query query =
        Query.of("/jdocker/network/graph").with("format", line.find("format").orElse("text"));
    try (Response picture = session.api().openUnversioned("GET", query)) {
      picture.body().transferTo(session.console().out());
    }
    return 0;
  }
}
