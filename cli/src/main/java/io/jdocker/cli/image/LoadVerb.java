package io.jdocker.cli.image;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.io.InputStream;

/** {@code jdocker load}. */
public final class LoadVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "load",
            "[OPTIONS]",
            "Load an image from a tar archive or STDIN",
            ArgumentCount.none(),
            new FlagTable()
                .add(FlagKind.STRING, 'i', "input", "Read from tar archive file, instead of STDIN")
                .add(
                    FlagKind.STRING,
                    "platform",
                    "Load only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")")
                .add(FlagKind.BOOL, 'q', "quiet", "Suppress the load output"))
        .alsoCalled("image load", "load");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean quiet = line.isSet("quiet") || !StandardStream.isTerminal(1);
    String file = line.text("input");
    Query query =
        Query.of("/images/load")
            .with("quiet", quiet ? "1" : "0")
            .with("platform", line.text("platform"));
    try (InputStream content =
            file.isEmpty()
                ? ArchiveInput.standard(session.console())
                : ArchiveInput.open(file, session.console());
        Response response =
            session
                .api()
                .upload(query, "application/x-tar", out -> ArchiveInput.copy(content, out))) {
      Progress.onOutput(session, false).follow(response);
    }
    return 0;
  }
}
