package io.jdocker.cli.engine;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Endpoint;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.linux.signal.SignalProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** {@code jdocker daemon}: runs the engine in the foreground, ends it, or tells about it. */
public final class DaemonVerb implements Verb {
  private static final int NOT_RUNNING = 1;
  private static final int LONGEST_STOP_MILLIS = 20_000;
  private static final int POLL_MILLIS = 10;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "daemon",
        "[OPTIONS]",
        "Run the engine in the foreground",
        ArgumentCount.none(),
        DaemonFlags.table());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    if (line.isSet("status")) {
      return status(session);
    }
    return line.isSet("stop") ? stop(session) : foreground(line, session);
  }

  private static Optional<ApiClient> running(Session session) {
    try {
      return Optional.of(
          ApiClient.connect(new Endpoint(session.options().host(), session.options().tls())));
    } catch (IOException e) {
      return Optional.empty(); // nobody listens: that is the answer asked for
    }
  }

  private static int status(Session session) throws IOException {
    Optional<ApiClient> api = running(session);
    if (api.isEmpty()) {
      session.console().printLine("not running");
      return NOT_RUNNING;
    }
    ApiObject version = ApiObject.of(api.get().get(Query.of("/version")));
    String text = "running";
    long pid = pid(session);
    if (pid > 0) {
      text += ", pid " + pid;
    }
    session
        .console()
        .printLine(
            text + ", root " + session.options().root() + ", version " + version.text("Version"));
    return 0;
  }

  private static long pid(Session session) throws IOException {
    java.nio.file.Path file = java.nio.file.Path.of(session.options().root(), "daemon.lock");
    try {
      return Long.parseLong(java.nio.file.Files.readString(file).strip());
    } catch (java.nio.file.NoSuchFileException | NumberFormatException e) {
      return 0; // an engine that writes no such file, or is just starting
    }
  }

  private static int stop(Session session) throws IOException {
    Optional<ApiClient> api = running(session);
    if (api.isEmpty()) {
      session.console().printLine("not running");
      return 0;
    }
    long pid = pid(session);
    try (Response ended = api.get().openUnversioned("POST", Query.of("/jdocker/shutdown"))) {
      ended.text();
    }
    for (int waited = 0; waited < LONGEST_STOP_MILLIS; waited += POLL_MILLIS) {
      if (!answers(session) && !isAlive(pid)) {
        return 0;
      }
      pause();
    }
    throw new CommandFailure(
        "the daemon did not end within 20 seconds: see "
            + session.options().root()
            + "/daemon.log");
  }

  private static boolean answers(Session session) throws IOException {
    Optional<ApiClient> api = running(session);
    if (api.isEmpty()) {
      return false;
    }
    api.get().close();
    return true;
  }

  /** It answers no more before it has taken its bridge and its rules down. */
  private static boolean isAlive(long pid) {
    return pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the daemon ends", e);
    }
  }

  /** A JVM of its own: this one was tuned to start fast, not to stay. Signals reach both. */
  private static int foreground(Parsed line, Session session) throws IOException {
    List<String> command =
        new DaemonCommand(session.options().root(), session.environment())
            .foreground(DaemonFlags.of(line));
    Process daemon = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(daemon::destroy));
    SignalProxy.handle("HUP", name -> hangUp(daemon));
    try {
      return daemon.waitFor();
    } catch (InterruptedException e) {
      daemon.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the daemon runs", e);
    }
  }

  /** What was meant for the engine: to read its settings again. */
  private static void hangUp(Process daemon) {
    try {
      // The shell's own: a bare Debian has no program of that name.
      new ProcessBuilder("sh", "-c", "kill -HUP " + daemon.pid()).inheritIO().start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run sh", e);
    }
  }
}
