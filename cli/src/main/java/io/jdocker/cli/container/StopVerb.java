package io.jdocker.cli.container;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
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
            StopRequest.flags())
        .alsoCalled("container stop", "stop");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .printing(
            line.arguments(),
            container -> session.api().post(StopRequest.of(container, "stop", line)))
        .exitCode();
  }
}
