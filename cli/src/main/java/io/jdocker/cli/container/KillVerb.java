package io.jdocker.cli.container;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker kill}. */
public final class KillVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "kill",
            "[OPTIONS] CONTAINER [CONTAINER...]",
            "Kill one or more running containers",
            ArgumentCount.atLeast(1),
            new FlagTable().add(FlagKind.STRING, 's', "signal", "Signal to send to the container"))
        .alsoCalled("container kill", "kill");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .printing(
            line.arguments(),
            container ->
                session
                    .api()
                    .post(ContainerPaths.of(container, "kill").with("signal", line.text("signal"))))
        .exitCode();
  }
}
