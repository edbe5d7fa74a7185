package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.launch.StatusRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
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
      Optional<StatusRecord> record = readStatus(store.layout().status(container.id()));
      if (record.flatMap(StatusRecord::status).isEmpty()) {
        // Somebody killed the keeper: its container runs on, watched by nobody.
        run.cgroup().kill();
      }
      run.streams().finish();
      parts.kernel().processes().killAndReap(run.keeper());
      exitCode = record.flatMap(StatusRecord::status).map(StatusRecord::exitCode).orElse(KILLED);
      release(container, run, exitCode);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "cannot clean up after container " + container.id() + "; the next start will",
          e);
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

  private void release(Container container, Run run, int exitCode) {
    boolean outOfMemory = run.cgroup().oomKills() > 0;
    run.keeper().close();
    run.notice().close();
    run.payload().ifPresent(Fd::close);
    if (outOfMemory) {
      events.publish(container, "oom", Map.of());
    }
    ContainerRecord exited = exited(container, exitCode, outOfMemory);
    events.publish(container, "die", death(exited.state()));
    network.detach(container, container.recording().trace());
    run.cgroup().remove();
    volumes.release(container);
    ContainerRecord after = restarts.afterExit(exited);
    store.save(after);
    container.replace(after);
    store.deleteStatus(container.id());
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
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
