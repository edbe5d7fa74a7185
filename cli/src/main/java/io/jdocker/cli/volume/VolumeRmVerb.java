package io.jdocker.cli.volume;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker volume rm}. */
public final class VolumeRmVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "volume rm",
            "[OPTIONS] VOLUME [VOLUME...]",
            "Remove one or more volumes. You cannot remove a volume that is in use by a container.",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.BOOL, 'f', "force", "Force the removal of one or more volumes"))
        .alsoCalled("volume rm", "volume remove");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean force = line.isSet("force");
    return new EachTarget(session)
        .printing(
            line.arguments(),
            volume -> session.api().delete(Query.of("/volumes/", volume, "").when(force, "force")))
        .exitCode();
  }
}
