package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.act.Ending;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.LogFollower;
import io.jdocker.cli.compose.output.LogStyle;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.terminal.StandardStream;
import io.jdocker.linux.signal.SignalProxy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * {@code up} in the foreground: the logs of all containers until they end, or until Ctrl-C stops
 * them.
 */
final class AttachedUp {
  private static final int INTERRUPTED = 130;
  private static final long RESTART_PAUSE_MILLIS = 200;

  /** What the followers and the signal handler tell the one who waits. */
  private sealed interface News permits Ended, Interrupt, Failed {}

  private record Ended(ServiceContainer container, int code) implements News {}

  private record Interrupt() implements News {}

  private record Failed(IOException failure) implements News {}

  private final Composition composition;
  private final Parsed line;
  private final Set<String> services;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Instant began = Instant.now();

  AttachedUp(Composition composition, Parsed line, Set<String> services) {
    this.composition = composition;
    this.line = line;
    this.services = services;
  }

  /** Starts what is not running, prints, waits; returns the exit code. */
  int run(ProjectEngine engine) throws IOException {
    List<ServiceContainer> containers = new ArrayList<>();
    for (ServiceContainer container : engine.ofServices()) {
      if (services.contains(container.service()) && isFollowed(container.service())) {
        containers.add(container);
      }
    }
    List<String> names = new ArrayList<>();
    containers.forEach(c -> names.add(c.shortName(composition.project().name())));
    composition.board().line("Attaching to " + String.join(", ", names));
    SignalProxy.handle("INT", name -> news.add(new Interrupt()));
    SignalProxy.handle("TERM", name -> news.add(new Interrupt()));
    boolean colour =
        !line.isSet("no-color")
            && Colours.wanted(composition.options().ansi(), StandardStream.isTerminal(1));
    LogStyle style = new LogStyle(!line.isSet("no-log-prefix"), colour, names);
    LogFollower follower = new LogFollower(composition.session().console(), style);
    Thread starter = new Thread(() -> start(engine, containers, follower), "up");
    starter.setDaemon(true);
    starter.start();
    return await(engine, containers);
  }

  private boolean isFollowed(String service) {
    List<String> only = line.list("attach");
    return !line.list("no-attach").contains(service)
        && composition.service(service).identity().attach()
        && (only.isEmpty() || only.contains(service));
  }

  private void start(
      ProjectEngine engine, List<ServiceContainer> containers, LogFollower follower) {
    try {
      containers.forEach(container -> follow(engine, container, follower));
      UpVerb.start(composition, engine.another(), services);
    } catch (IOException e) {
      news.add(new Failed(e));
    } catch (RuntimeException e) {
      // An API's refusal or a dependency that failed: told by the thread that waits.
      news.add(new Failed(new IOException(e.getMessage(), e)));
    }
  }

  private void follow(ProjectEngine engine, ServiceContainer container, LogFollower follower) {
    Thread thread = new Thread(() -> follow(container, engine, follower), container.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void follow(ServiceContainer container, ProjectEngine engine, LogFollower follower) {
    String label = container.shortName(composition.project().name());
    // Of one that ran before only what is new.
    boolean isNew = container.state().equals("created");
    String since = isNew ? "" : "" + began.getEpochSecond();
    try (ProjectEngine own = engine.another()) {
      while (true) {
        ApiObject state = awaitStart(own, container);
        follower.run(
            own,
            container,
            label,
            new LogFollower.Span(true, since, "", "", line.isSet("timestamps")));
        ApiObject after = own.inspect(container.id()).object("State");
        String status = after.text("Status");
        if (status.equals("exited") || status.equals("dead")) {
          news.add(new Ended(container, Math.toIntExact(after.number("ExitCode"))));
          return;
        }
        since = "" + (Instant.now().getEpochSecond() + (state.has("StartedAt") ? 0 : 1));
      }
    } catch (IOException e) {
      news.add(new Failed(e));
    } catch (io.jdocker.cli.http.ApiException e) {
      news.add(new Ended(container, 0)); // removed meanwhile
    }
  }

  private static ApiObject awaitStart(ProjectEngine engine, ServiceContainer container)
      throws IOException {
    while (true) {
      ApiObject state = engine.inspect(container.id()).object("State");
      boolean hasStarted = state.isTrue("Running") || !state.text("StartedAt").startsWith("0001-");
      if (hasStarted && !state.text("Status").equals("restarting")) {
        return state;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RESTART_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private int await(ProjectEngine engine, List<ServiceContainer> containers) throws IOException {
    List<String> open = new ArrayList<>(containers.stream().map(ServiceContainer::name).toList());
    String decisive = line.text("exit-code-from");
    boolean onExit = line.isSet("abort-on-container-exit") || !decisive.isEmpty();
    boolean onFailure = line.isSet("abort-on-container-failure");
    while (!open.isEmpty()) {
      News next = next();
      if (next instanceof Failed failed) {
        throw failed.failure();
      }
      if (next instanceof Interrupt) {
        composition.board().line("Gracefully stopping... (press Ctrl+C again to force)");
        return stopped(engine, INTERRUPTED);
      }
      Ended ended = (Ended) next;
      String name = ended.container().shortName(composition.project().name());
      composition.board().line(name + " exited with code " + ended.code());
      open.remove(ended.container().name());
      boolean counts = decisive.isEmpty() || decisive.equals(ended.container().service());
      if (counts && (onExit || (onFailure && ended.code() != 0))) {
        composition.board().line("Aborting on container exit...");
        return stopped(engine, ended.code());
      }
    }
    return 0;
  }

  private News next() {
    try {
      return news.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Interrupt();
    }
  }

  /** Stops all; a second Ctrl-C kills what has not ended. */
  private int stopped(ProjectEngine engine, int code) throws IOException {
    ProjectEngine forced = engine.another();
    SignalProxy.handle("INT", name -> kill(forced));
    List<ServiceContainer> running = new ArrayList<>();
    for (ServiceContainer container : engine.ofServices()) {
      if (container.isRunning() && services.contains(container.service())) {
        running.add(container);
      }
    }
    new Ending(composition.board(), composition.together(), ConvergeFlags.timeout(line))
        .stop(engine, running);
    return code;
  }

  private synchronized void kill(ProjectEngine engine) {
    try {
      for (ServiceContainer container : engine.ofServices()) {
        if (container.isRunning() && services.contains(container.service())) {
          engine.post(container.id(), "kill");
        }
      }
    } catch (IOException e) {
      composition.board().warning("containers could not be killed: " + e.getMessage());
    }
  }
}
