package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.image.ArchiveOutput;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker export}: to a file that appears whole or not at all, or to standard output. */
public final class ExportVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "export",
            "[OPTIONS] CONTAINER",
            "Export a container's filesystem as a tar archive",
            ArgumentCount.exactly(1),
            new FlagTable()
                .add(FlagKind.STRING, 'o', "output", "Write to a file, instead of STDOUT"))
        .alsoCalled("container export", "export");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    new ArchiveOutput("export", "container", line.text("output"))
        .receive(session, ContainerPaths.of(line.argument(0), "export"));
    return 0;
  }
}
