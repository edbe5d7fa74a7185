package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.ContainerRequest;
import io.jdocker.cli.container.request.LaunchFlags;
import io.jdocker.cli.container.request.Streams;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.stream.Attachment;
import io.jdocker.cli.stream.DetachKeys;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.util.Optional;

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
      throw new CommandFailure("Conflicting options: -a and -d", 125);
    }
    ContainerRequest request = new ContainerRequest(line, detached, session.environment());
    Streams streams = request.streams();
    if (request.isTty() && streams.in() && !StandardStream.isTerminal(0)) {
      throw new CommandFailure("the input device is not a TTY");
    }
    String id = new NewContainer(session, line).create(request);
    Explanation explanation = new Explanation(session, id);
    if (streams.any()) {
      if (line.isSet("explain")) {
        explanation.follow();
      }
      return attached(line, session, request, id);
    }
    session.api().post(ContainerPaths.of(id, "start"));
    session.console().printLine(id);
    if (line.isSet("explain")) {
      explanation.print();
    }
    return 0;
  }

  private static int attached(Parsed line, Session session, ContainerRequest request, String id)
      throws IOException {
    Streams streams = request.streams();
    ApiClient api = session.api();
    DetachKeys keys = keys(line.text("detach-keys"));
    Query attach =
        ContainerPaths.of(id, "attach")
            .with("stream", "1")
            .when(streams.in(), "stdin")
            .when(streams.out(), "stdout")
            .when(streams.err(), "stderr")
            .with("detachKeys", line.text("detach-keys"));
    String condition = line.isSet("rm") ? "removed" : "next-exit";
    Optional<TerminalGuard> terminal =
        request.isTty() ? Optional.of(new TerminalGuard(streams.in())) : Optional.empty();
    try (Attachment attachment =
            new Attachment(api.another().hijack(attach, ""), session.console(), request.isTty());
        ExitCode exitCode = ExitCode.ask(api, id, condition)) {
      if (line.isSet("sig-proxy", true) && !request.isTty()) {
        new SignalForwarding(api).toContainer(id);
      }
      terminal.ifPresent(TerminalGuard::enter);
      attachment.start(streams.in(), keys);
      api.post(ContainerPaths.of(id, "start"));
      if (terminal.isPresent()) {
        terminal.get().follow(api, ContainerPaths.of(id, "resize"));
      }
      if (attachment.await() == Attachment.End.DETACHED) {
        terminal.ifPresent(TerminalGuard::close);
        session.console().error("read escape sequence");
        return 0;
      }
      return exitCode.await();
    } finally {
      terminal.ifPresent(TerminalGuard::close);
    }
  }

  static DetachKeys keys(String text) {
    try {
      return DetachKeys.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid detach keys (" + text + "): " + e.getMessage(), 125);
    }
  }
}
