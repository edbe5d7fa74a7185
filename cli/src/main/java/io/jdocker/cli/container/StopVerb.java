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

/** {@code jdocker stop}: prints each container that did. */
public final class StopVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "stop",
            "[OPTIONS] CONTAINER [CONTAINER...]",
            "Stop one or more running containers",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.STRING, 's', "signal", "Signal to send to the container")
                .addWithAlias(
                    FlagKind.INT,
                    't',
                    "timeout",
                    "time",
                    "Seconds to wait before killing the container"))
        .alsoCalled("container stop", "stop");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .printing(
            line.arguments(),
            container ->
                session
                    .api()
                    .post(
                        ContainerPaths.of(container, "stop")
                            .with("signal", line.text("signal"))
                            .with("t", line.text("timeout"))))
        .exitCode();
  }
}
