package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.ContainerRequest;
import io.jdocker.cli.container.request.LaunchFlags;
import io.jdocker.cli.container.request.Streams;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;

/** {@code jdocker run}: create, attach, wait, start, in the order docker's client has. */
public final class RunVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    FlagTable flags =
        LaunchFlags.table()
            .add(FlagKind.BOOL, 'd', "detach", "Run container in background and print container ID")
            .add(
                FlagKind.STRING,
                "detach-keys",
                "Override the key sequence for detaching a container")
            .add(FlagKind.BOOL, "explain", "Show what is done to the kernel as it happens")
            .add(
                FlagKind.BOOL,
                io.jdocker.cli.option.Flag.NO_SHORTHAND,
                "sig-proxy",
                "Proxy received signals to the process",
                "true");
    return Synopsis.of(
            "run",
            "[OPTIONS] IMAGE [COMMAND] [ARG...]",
            "Create and run a new container from an image",
            ArgumentCount.atLeast(1),
            flags)
        .alsoCalled("container run", "run")
        .stoppingAtArgument();
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean detached = line.isSet("detach");
    if (detached && line.has("attach")) {
      throw new CommandFailure("conflicting options: cannot specify both --attach and --detach");
    }
    ContainerRequest request = new ContainerRequest(line, detached, session.environment());
    Streams streams = request.streams();
    if (request.isTty() && streams.in() && !StandardStream.isTerminal(0)) {
      throw new CommandFailure("the input device is not a TTY");
    }
    String id = new NewContainer(session, line, 125).create(request);
    Explanation explanation = new Explanation(session, id);
    if (streams.any()) {
      AttachedRun run =
          new AttachedRun(
              session,
              id,
              request.isTty(),
              streams,
              line.text("detach-keys"),
              line.isSet("sig-proxy", true));
      if (line.isSet("explain") && !explanation.follow()) {
        run.explainAfterStart(explanation);
      }
      return run.start(line.isSet("rm") ? "removed" : "next-exit");
    }
    session.api().post(ContainerPaths.of(id, "start"));
    session.console().printLine(id);
    if (line.isSet("explain")) {
      explanation.print();
    }
    return 0;
  }
}
