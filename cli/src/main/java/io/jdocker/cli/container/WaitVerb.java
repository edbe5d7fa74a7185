package io.jdocker.cli.container;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker wait}: blocks, then prints the exit codes. */
public final class WaitVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "wait",
            "CONTAINER [CONTAINER...]",
            "Block until one or more containers stop, then print their exit codes",
            ArgumentCount.atLeast(1),
            new FlagTable())
        .alsoCalled("container wait", "wait");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .silently(line.arguments(), container -> await(session, container))
        .exitCode();
  }

  private static void await(Session session, String container) throws IOException {
    try (ExitCode exitCode = ExitCode.ask(session.api(), container, "")) {
      session.console().printLine("" + exitCode.await());
    }
  }
}
