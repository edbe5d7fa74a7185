package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.Version;
import io.jdocker.cli.compose.act.ComposeVersion;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker compose version}. */
record VersionVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose version",
        "[OPTIONS]",
        "Show the Compose version information",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.STRING, 'f', "format", "Format the output. Values: [pretty | json]")
            .add(FlagKind.BOOL, "short", "Shows only Compose's version number"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String followed = ComposeVersion.TEXT;
    if (line.text("format").equals("json")) {
      session.console().printLine("{\"version\":\"" + followed + "\"}");
    } else if (line.isSet("short")) {
      session.console().printLine(followed);
    } else {
      session
          .console()
          .printLine("jdocker compose " + Version.current() + ", as docker compose " + followed);
    }
    return 0;
  }
}
