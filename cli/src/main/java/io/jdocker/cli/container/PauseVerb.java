package io.jdocker.cli.container;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker pause}: prints each container that stands still. */
public final class PauseVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "pause",
            "CONTAINER [CONTAINER...]",
            "Pause all processes within one or more containers",
            ArgumentCount.atLeast(1),
            new FlagTable())
        .alsoCalled("container pause", "pause");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .printing(
            line.arguments(),
            container -> session.api().post(ContainerPaths.of(container, "pause")))
        .exitCode();
  }
}
