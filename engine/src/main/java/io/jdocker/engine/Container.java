package io.jdocker.engine;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.NotModified;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.WaitCondition;
import io.jdocker.runtime.stdio.StreamSelection;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A container of an engine. The container lives on its own: this is only how to reach it, and any
 * number of these may stand for the same one. Closing it removes the container. Thread-safe.
 *
 * <p>A call for a container that is gone ends with a {@link NotFound}; one that its state forbids,
 * with a {@link io.jdocker.linux.failure.Conflict}.
 */
public final class Container implements AutoCloseable {
  /** The address at which published ports are reached from this machine. */
  public static final String HOST = "127.0.0.1";

  private final Engine engine;
  private final String id;
  private final ContainerCopies copies;

  Container(Engine engine, String id) {
    this.engine = engine;
    this.id = id;
    this.copies = new ContainerCopies(engine, id);
  }

  /** 64 hexadecimal digits. */
  public String id() {
    return id;
  }

  public String name() {
    return engine.containers().get(id).record().name();
  }

  /** All that is known of it, as of now. */
  public ContainerDetails inspect() {
    return Inspection.of(engine.containers().get(id).record(), engine.networks());
  }

  /** Starts it and returns once its command runs. Nothing happens where it runs already. */
  public void start() {
    try {
      engine.containers().start(id);
    } catch (NotModified e) {
      return; // it runs, as it was to
    }
  }

  /** Stops it with its stop signal and, where that is not heeded in its time, with SIGKILL. */
  public void stop() {
    stop(Optional.empty());
  }

  /**
   * As {@link #stop()}.
   *
   * @param patience until SIGKILL; whole seconds count
   */
  public void stop(Duration patience) {
    stop(Optional.of(Math.toIntExact(patience.toSeconds())));
  }

  private void stop(Optional<Integer> seconds) {
    try {
      engine.containers().stop(id, Optional.empty(), seconds);
    } catch (NotModified e) {
      return; // it does not run, as it was to
    }
  }

  /** Stops it, where it runs, and starts it. */
  public void restart() {
    engine.containers().restart(id, Optional.empty(), Optional.empty());
  }

  /**
   * Sends a signal to its first process.
   *
   * @param signal {@code HUP}, {@code SIGHUP} or a number
   */
  public void kill(String signal) {
    engine.containers().kill(id, signal);
  }

  /** Stops all its processes where they are. */
  public void pause() {
    engine.containers().pause(id);
  }

  /** Lets its processes run on. */
  public void unpause() {
    engine.containers().unpause(id);
  }

  /** Completed with the exit code once it does not run; at once where that is so already. */
  public CompletableFuture<Integer> exit() {
    return engine.containers().await(id, WaitCondition.NOT_RUNNING);
  }

  /** Waits until it does not run; its exit code. */
  public int awaitExit() {
    return Waiting.on(exit(), "waiting for the end of container " + id);
  }

  /**
   * Waits until it does not run.
   *
   * @return its exit code
   * @throws io.jdocker.linux.failure.Unavailable when it still runs after that time
   */
  public int awaitExit(Duration limit) {
    return Waiting.on(exit(), limit, "waiting for the end of container " + id);
  }

  /**
   * Waits until it is ready.
   *
   * @return this
   * @throws io.jdocker.linux.failure.Unavailable when it is not in time, or has ended; the message
   *     says what was missing and shows what the container wrote last
   */
  public Container await(Readiness readiness) {
    new ReadinessWait(this, readiness).run();
    return this;
  }

  /** As {@link #exec(ExecRequest)}. */
  public ProcessResult exec(String... command) {
    return exec(ExecRequest.of(command));
  }

  /** Runs a further process in it, to its end. */
  public ProcessResult exec(ExecRequest request) {
    Exec exec = engine.containers().createExec(id, request.spec());
    boolean writes = !request.stdin().isEmpty();
    try (AttachedProcess process =
        new AttachedProcess(exec.hub().attach(new StreamSelection(writes, true, true)))) {
      engine.containers().startExec(exec);
      if (writes) {
        process.feed(request.input());
      }
      return process.result(exec.exit());
    }
  }

  /**
   * Attaches to its streams: to the present run or, where it does not run, to the next one, none of
   * whose output is then missed.
   */
  public AttachedProcess attach() {
    boolean stdin = engine.containers().get(id).record().spec().process().openStdin();
    return new AttachedProcess(
        engine.containers().attach(id, new StreamSelection(stdin, true, true), false));
  }

  /** Everything it has written so far, both streams in the order they were written. */
  public String logs() {
    return logs(LogRequest.everything());
  }

  /** Text of its log. A following request ends with the container's run. */
  public String logs(LogRequest request) {
    StringBuilder text = new StringBuilder();
    try (Source<OutputChunk> log = source(request)) {
      Optional<OutputChunk> chunk = log.next();
      while (chunk.isPresent()) {
        text.append(chunk.get().text());
        chunk = log.next();
      }
    } catch (InterruptedException e) {
      throw Waiting.interrupted("reading the log of container " + id, e);
    }
    return text.toString();
  }

  /** Its log as bytes, both streams in the order they were written; the caller closes it. */
  public InputStream logStream(LogRequest request) {
    return new OutputInput(source(request));
  }

  /** Its log, read anew for each subscriber, in a thread of its own. */
  public Flow.Publisher<OutputChunk> logPublisher(LogRequest request) {
    return new SourcePublisher<>("jdocker-log", () -> source(request));
  }

  Source<OutputChunk> source(LogRequest request) {
    return OutputSource.of(engine.containers().logs(id, request.query()));
  }

  /** Its files, copied in and out; it need not run. */
  public ContainerCopies files() {
    return copies;
  }

  /** The address at which {@link #mappedPort} is reached. */
  public String host() {
    return HOST;
  }

  /** As {@link #mappedPort(Port)}, TCP. */
  public int mappedPort(int containerPort) {
    return mappedPort(Port.tcp(containerPort));
  }

  /**
   * The port of the host that leads to a port of it.
   *
   * @throws NotFound when it was not published, or the container does not run
   */
  public int mappedPort(Port containerPort) {
    ContainerDetails details = inspect();
    return details.ports().stream()
        .filter(port -> port.container().equals(containerPort))
        .mapToInt(PublishedPort::hostPort)
        .findFirst()
        .orElseThrow(() -> new NotFound(notPublished(details, containerPort)));
  }

  private static String notPublished(ContainerDetails details, Port port) {
    return "container "
        + details.name()
        + " has no published port "
        + port
        + (details.isRunning()
            ? ": it was not asked for; those that were: "
                + details.ports().stream().map(p -> p.container().toString()).toList()
            : " now: it does not run");
  }

  /** Processes of it as the host numbers them. */
  public List<Integer> processes() {
    return engine.containers().processes(id);
  }

  /** Gives it another name. */
  public void rename(String name) {
    engine.containers().rename(id, name);
  }

  /** Removes it with its anonymous volumes, killing it first where it runs. */
  public void remove() {
    engine.containers().remove(id, true, true);
  }

  /** As {@link #remove}; nothing happens where it is gone already. */
  @Override
  public void close() {
    try {
      remove();
    } catch (NotFound e) {
      return; // gone, as it was to be
    }
  }

  @Override
  public String toString() {
    return "container " + id;
  }

  /** The last lines of its log; empty where it has none to read. */
  String lastLines(int count) {
    try {
      return logs(LogRequest.everything().withTail(count));
    } catch (io.jdocker.linux.failure.EngineException e) {
      return "(its log cannot be read: " + e.getMessage() + ")\n";
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
