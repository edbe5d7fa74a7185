package io.jdocker.cli.container;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker restart}: prints each container that did. */
public final class RestartVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "restart",
            "[OPTIONS] CONTAINER [CONTAINER...]",
            "Restart one or more containers",
            ArgumentCount.atLeast(1),
            StopRequest.flags())
        .alsoCalled("container restart", "restart");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .printing(
            line.arguments(),
            container -> session.api().post(StopRequest.of(container, "restart", line)))
        .exitCode();
  }
}
