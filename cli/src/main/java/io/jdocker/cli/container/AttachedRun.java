package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.container.request.Streams;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.stream.Attachment;
import io.jdocker.cli.stream.DetachKeys;
import java.io.IOException;
import java.util.Optional;

/** A container at the caller's terminal: streams, signals, window size, exit code. */
final class AttachedRun {
  private final Session session;
  private final String container;
  private final boolean isTty;
  private final Streams streams;
  private final String detachKeys;
  private final boolean forwardsSignals;
  private Optional<Explanation> explanation = Optional.empty();

  AttachedRun(
      Session session,
      String container,
      boolean isTty,
      Streams streams,
      String detachKeys,
      boolean forwardsSignals) {
    this.session = session;
    this.container = container;
    this.isTty = isTty;
    this.streams = streams;
    this.detachKeys = detachKeys;
    this.forwardsSignals = forwardsSignals;
  }

  /** Has the story of the start printed as soon as it is over. */
  void explainAfterStart(Explanation story) {
    explanation = Optional.of(story);
  }

  /**
   * Attaches, then starts the container, so that no output is missed.
   *
   * @param condition what the exit code waits for: {@code next-exit} or {@code removed}
   */
  int start(String condition) throws IOException {
    return run(condition, true);
  }

  /** Attaches to a container that runs already. */
  int join() throws IOException {
    return run("", false);
  }

  private int run(String condition, boolean starts) throws IOException {
    ApiClient api = session.api();
    DetachKeys keys = DetachKeys.orDefault(detachKeys);
    Optional<TerminalGuard> terminal =
        isTty ? Optional.of(new TerminalGuard(streams.in())) : Optional.empty();
    try (Attachment attachment =
            new Attachment(api.another().hijack(request(), ""), session.console(), isTty);
        ExitCode exitCode = ExitCode.ask(api, container, condition)) {
      if (forwardsSignals && !isTty) {
        new SignalForwarding(api).toContainer(container);
      }
      terminal.ifPresent(TerminalGuard::enter);
      attachment.start(streams.in(), keys);
      if (starts) {
        api.post(ContainerPaths.of(container, "start"));
        if (explanation.isPresent()) {
          explanation.get().printIfThere();
        }
      }
      if (terminal.isPresent()) {
        terminal.get().follow(api, ContainerPaths.of(container, "resize"));
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

  private Query request() {
    return ContainerPaths.of(container, "attach")
        .with("stream", "1")
        .when(streams.in(), "stdin")
        .when(streams.out(), "stdout")
        .when(streams.err(), "stderr")
        .with("detachKeys", detachKeys);
  }
}
