package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.ContainerRequest;
import io.jdocker.cli.container.request.LaunchFlags;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker create}. */
public final class CreateVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "create",
            "[OPTIONS] IMAGE [COMMAND] [ARG...]",
            "Create a new container",
            ArgumentCount.atLeast(1),
            LaunchFlags.table())
        .alsoCalled("container create", "create")
        .stoppingAtArgument();
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    ContainerRequest request = new ContainerRequest(line, false, session.environment());
    session.console().printLine(new NewContainer(session, line, 1).create(request));
    return 0;
  }
}
