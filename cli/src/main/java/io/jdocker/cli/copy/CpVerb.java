package io.jdocker.cli.copy;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.option.UsageText;
import java.io.IOException;

/** {@code jdocker cp}. */
public final class CpVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "cp",
            "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\t"
                + UsageText.PROGRAM
                + " cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
            "Copy files/folders between a container and the local filesystem",
            ArgumentCount.exactly(2),
            new FlagTable()
                .add(FlagKind.BOOL, 'a', "archive", "Archive mode (copy all uid/gid information)")
                .add(FlagKind.BOOL, 'L', "follow-link", "Always follow symbol link in SRC_PATH")
                .add(
                    FlagKind.BOOL,
                    'q',
                    "quiet",
                    "Suppress progress output during copy. Progress output is automatically"
                        + " suppressed if no terminal is attached"))
        .alsoCalled("container cp", "cp");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    CopyArgument from = CopyArgument.parse(line.argument(0));
    CopyArgument to = CopyArgument.parse(line.argument(1));
    if (from.container().isPresent() && to.container().isPresent()) {
      throw new CommandFailure("copying between containers is not supported");
    }
    boolean follow = line.isSet("follow-link");
    boolean quiet = line.isSet("quiet");
    if (from.container().isPresent()) {
      new CopyOut(session, follow, quiet).run(from.container().get(), from.path(), to.path());
    } else if (to.container().isPresent()) {
      new CopyIn(session, follow, quiet, line.isSet("archive"))
          .run(from.path(), to.container().get(), to.path());
    } else {
      throw new CommandFailure("must specify at least one container source");
    }
    return 0;
  }
}
