package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
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

/** {@code jdocker rm}. With {@code -f} a container that is not there is no failure. */
public final class RmVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "rm",
            "[OPTIONS] CONTAINER [CONTAINER...]",
            "Remove one or more containers",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(
                    FlagKind.BOOL,
                    'f',
                    "force",
                    "Force the removal of a running container (uses SIGKILL)")
                .add(FlagKind.BOOL, 'l', "link", "Remove the specified link")
                .add(
                    FlagKind.BOOL,
                    'v',
                    "volumes",
                    "Remove anonymous volumes associated with the container"))
        .alsoCalled("container rm", "container remove", "rm");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean force = line.isSet("force");
    return new EachTarget(session)
        .forgiving(force)
        .silently(line.arguments(), container -> remove(line, session, container, force))
        .exitCode();
  }

  private static void remove(Parsed line, Session session, String container, boolean force)
      throws IOException {
    String name = container.startsWith("/") ? container.substring(1) : container;
    if (name.isEmpty()) {
      throw new CommandFailure("container name cannot be empty");
    }
    Query query =
        Query.of("/containers/", name, "")
            .when(line.isSet("volumes"), "v")
            .when(line.isSet("link"), "link")
            .when(force, "force");
    session.api().delete(query);
    session.console().printLine(container);
  }
}
