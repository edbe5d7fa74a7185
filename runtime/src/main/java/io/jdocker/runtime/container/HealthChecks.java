package io.jdocker.runtime.container;

import io.jdocker.runtime.health.Health;
import io.jdocker.runtime.health.ProbeResult;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.timer.Timer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Probes the containers that want it while they run. No thread waits for a probe: it is begun by
 * the timer, and its end is told. A probe's result is in memory only, until the container is saved
 * for another reason or is healthier or less so than before. Thread-safe.
 */
final class HealthChecks {
  private static final System.Logger LOG = System.getLogger(HealthChecks.class.getName());

  private final Timer timer;
  private final Executor workers;
  private final Clock clock;
  private final ContainerStore store;
  private final Probe probe;
  private final ContainerEvents events;
  private final Map<ContainerId, Watch> watches = new ConcurrentHashMap<>();

  /**
   * @param workers begin the probes
   */
  HealthChecks(
      Timer timer,
      Executor workers,
      Clock clock,
      ContainerStore store,
      Probe probe,
      ContainerEvents events) {
    this.timer = timer;
    this.workers = workers;
    this.clock = clock;
    this.store = store;
    this.probe = probe;
    this.events = events;
  }

  /** The health of a container at the start of a run; empty where it is not probed. */
  static Optional<Health> atStart(ContainerSpec spec) {
    return spec.lifecycle().health().filter(HealthSpec::isOn).map(check -> Health.starting());
  }

  /** It has begun to run, or runs on: probes it from now on. Its lock is held. */
  void begin(Container container) {
    Optional<HealthSpec> spec =
        container.record().spec().lifecycle().health().filter(HealthSpec::isOn);
    if (spec.isPresent()) {
      Watch watch = new Watch(container, spec.get());
      watches.put(container.id(), watch);
      watch.scheduleNext();
    }
  }

  /** It does not run any more, or stands still. Its lock is held. */
  void end(Container container) {
    Watch watch = watches.remove(container.id());
    if (watch != null) {
      watch.end();
      ContainerState state = container.state();
      container.replace(
          container.record().withState(state.withHealth(state.health().map(Health::unwatched))));
    }
  }

  /** From one beginning to the next end. Fields are guarded by the container's lock. */
  private final class Watch {
    private final Container container;
    private final HealthSpec spec;
    private Timer.Wait next = () -> {};
    private Optional<Probe.Running> running = Optional.empty();
    private boolean ended;

    Watch(Container container, HealthSpec spec) {
      this.container = container;
      this.spec = spec;
    }

    void scheduleNext() {
      ContainerState state = container.state();
      Health health = state.health().orElse(Health.starting());
      next =
          timer.after(
              health.untilNext(spec, state.startedAt(), clock.instant()),
              () -> workers.execute(this::begin));
    }

    private void begin() {
      container.lock().lock();
      try {
        if (!ended) {
          Probe.Running begun = probe.begin(container, spec);
          running = Optional.of(begun);
          // Of no use further on: show catches what may fail.
          var unused = begun.result().thenAccept(this::show);
        }
      } finally {
        container.lock().unlock();
      }
    }

    private void show(ProbeResult result) {
      container.lock().lock();
      try {
        if (!ended) {
          running = Optional.empty();
          take(result);
          scheduleNext();
        }
      } finally {
        container.lock().unlock();
      }
    }

    private void take(ProbeResult result) {
      ContainerState state = container.state();
      Health before = state.health().orElse(Health.starting());
      Health after = before.after(result, spec, state.startedAt());
      ContainerRecord record = container.record().withState(state.withHealth(Optional.of(after)));
      container.replace(record);
      if (before.status() != after.status()) {
        events.publish(container, "health_status: " + after.status().apiName(), Map.of());
        save(record);
      }
    }

    /** A full disk is no reason to probe no more. */
    private void save(ContainerRecord record) {
      try {
        store.save(record);
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the health of container {0} is not on disk: {1}",
            record.id(),
            e.getMessage());
      }
    }

    void end() {
      ended = true;
      next.cancel();
      running.ifPresent(Probe.Running::kill);
    }
  }
}
