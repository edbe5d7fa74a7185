package io.jdocker.cli.container;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker unpause}: prints each container that runs on. */
public final class UnpauseVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "unpause",
            "CONTAINER [CONTAINER...]",
            "Unpause all processes within one or more containers",
            ArgumentCount.atLeast(1),
            new FlagTable())
        .alsoCalled("container unpause", "unpause");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .printing(
            line.arguments(),
            container -> session.api().post(ContainerPaths.of(container, "unpause")))
        .exitCode();
  }
}
