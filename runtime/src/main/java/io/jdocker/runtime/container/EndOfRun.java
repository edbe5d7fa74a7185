package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.launch.StatusRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happens when a container's keeper ends: the output's rest is read, what the run held is
 * given back, the exit status is recorded, and only then is anybody told.
 */
final class EndOfRun {
  private static final System.Logger LOG = System.getLogger(EndOfRun.class.getName());
  private static final int KILLED = 137;

  private final EngineParts parts;
  private final ContainerStore store;
  private final ContainerNetwork network;
  private final ContainerEvents events;
  private final TraceArchive traces;
  private final Restarts restarts;
  private final HealthChecks health;
  private final Consumer<Container> remover;
  private final ContainerVolumes volumes;

  /**
   * @param remover removes a container that asked for it (--rm)
   */
  EndOfRun(
      EngineParts parts,
      ContainerStore store,
      ContainerNetwork network,
      ContainerEvents events,
      TraceArchive traces,
      Restarts restarts,
      HealthChecks health,
      Consumer<Container> remover) {
    this.parts = parts;
    this.store = store;
    this.network = network;
    this.events = events;
    this.traces = traces;
    this.restarts = restarts;
    this.health = health;
    this.remover = remover;
    this.volumes = new ContainerVolumes(parts);
  }

  /** Waits, without a thread, for the end of the run that has just begun or was adopted. */
  void expect(Container container) {
    Run run = container.run().orElseThrow();
    parts.loop().onExit(run.notice(), () -> parts.workers().execute(() -> finish(container, run)));
  }

  private void finish(Container container, Run run) {
    int exitCode = KILLED;
    boolean goes;
    container.lock().lock();
    try {
      health.end(container);
      Optional<Integer> status = status(container);
      if (status.isEmpty()) {
        // Somebody killed the keeper: its container runs on, watched by nobody.
        attempt(container, "end the processes", run.cgroup()::kill);
      }
      exitCode = status.map(StatusRecord::exitCode).orElse(KILLED);
      release(container, run, exitCode);
    } finally {
      if (container.state().status().isAlive()) {
        // It could not be written down, as on a full disk: the status file stays and tells the next
        // engine. Nobody may wait for a second end meanwhile.
        container.replace(exited(container, exitCode, false));
      }
      goes = container.goesWithRun();
      container.ended(exitCode);
      restarts.ended(container);
      container.lock().unlock();
    }
    traces.saveSoon(container);
    if (goes) {
      remover.accept(container);
    }
  }

  /** How it ended; empty where the keeper has not told, or its file cannot be read. */
  private Optional<Integer> status(Container container) {
    try {
      return readStatus(store.layout().status(container.id())).flatMap(StatusRecord::status);
    } catch (SystemFailure e) {
      LOG.log(System.Logger.Level.ERROR, "how a container ended is lost: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Gives everything back, each thing whatever becomes of the others. */
  private void release(Container container, Run run, int exitCode) {
    attempt(container, "read the last output", run.streams()::finish);
    attempt(
        container, "end the keeper", () -> parts.kernel().processes().killAndReap(run.keeper()));
    run.keeper().close();
    run.notice().close();
    run.payload().ifPresent(Fd::close);
    boolean outOfMemory = outOfMemory(container, run);
    if (outOfMemory) {
      events.publish(container, "oom", Map.of());
    }
    ContainerRecord exited = exited(container, exitCode, outOfMemory);
    events.publish(container, "die", death(exited.state()));
    attempt(
        container,
        "take back the network",
        () -> network.detach(container, container.recording().trace()));
    attempt(container, "remove the control group", run.cgroup()::remove);
    attempt(container, "let go of the volumes", () -> volumes.release(container));
    attempt(container, "record the end", () -> record(container, restarts.afterExit(exited)));
  }

  private boolean outOfMemory(Container container, Run run) {
    boolean[] killed = new boolean[1];
    attempt(
        container, "learn whether memory ran out", () -> killed[0] = run.cgroup().oomKills() > 0);
    return killed[0];
  }

  private void record(Container container, ContainerRecord after) {
    store.save(after);
    container.replace(after);
    store.deleteStatus(container.id());
  }

  private static void attempt(Container container, String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "cannot " + what + " of container " + container.id() + "; the next start will",
          e);
    }
  }

  private static Map<String, String> death(ContainerState state) {
    long seconds = Duration.between(state.startedAt(), state.finishedAt()).toSeconds();
    return Map.of(
        "exitCode", Integer.toString(state.exitCode()), "execDuration", Long.toString(seconds));
  }

  private ContainerRecord exited(Container container, int exitCode, boolean outOfMemory) {
    return container
        .record()
        .withState(container.state().exited(exitCode, outOfMemory, parts.clock().instant()));
  }

  /** The keeper's record; empty where there is none. */
  static Optional<StatusRecord> readStatus(Path file) {
    try {
      return Files.exists(file) ? StatusRecord.parse(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + file + ": " + e, e);
    }
  }
}
