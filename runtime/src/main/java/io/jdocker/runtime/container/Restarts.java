package io.jdocker.runtime.container;

import io.jdocker.linux.failure.NotModified;
import io.jdocker.runtime.restart.Backoff;
import io.jdocker.runtime.restart.RestartRules;
import io.jdocker.runtime.timer.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The restart policies at work. A container that waits is {@link Status#RESTARTING}, on disk too:
 * an engine that is killed meanwhile leaves the wait to the next one. Thread-safe.
 */
final class Restarts {
  private static final System.Logger LOG = System.getLogger(Restarts.class.getName());

  private final Timer timer;
  private final Executor workers;
  private final ContainerStore store;
  private final Consumer<Container> starter;
  private final Map<ContainerId, Attempt> attempts = new ConcurrentHashMap<>();

  /**
   * @param start what is waited for; cancelling it when it was is without effect
   */
  private record Attempt(Backoff backoff, Timer.Wait start) {}

  /**
   * @param workers run the starts
   * @param starter starts a container that is {@link Status#RESTARTING}
   */
  Restarts(Timer timer, Executor workers, ContainerStore store, Consumer<Container> starter) {
    this.timer = timer;
    this.workers = workers;
    this.store = store;
    this.starter = starter;
  }

  /** The record with which a run ends: as it was given, or waiting for a restart. */
  ContainerRecord afterExit(ContainerRecord exited) {
    return RestartRules.afterExit(exited.policy(), exited.lastRun())
        ? exited.toBeRestarted()
        : exited;
  }

  /** The run has ended: begins to wait, where the container is to. Its lock is held. */
  void ended(Container container) {
    ContainerState state = container.state();
    if (state.status() != Status.RESTARTING) {
      return;
    }
    Attempt before = attempts.get(container.id());
    Backoff backoff =
        (before == null ? Backoff.none() : before.backoff())
            .after(Duration.between(state.startedAt(), state.finishedAt()));
    Timer.Wait start =
        timer.after(backoff.last(), () -> workers.execute(() -> startAgain(container)));
    attempts.put(container.id(), new Attempt(backoff, start));
  }

  /** Starts those, one after another and without a wait, on a thread of its own. */
  void startSoon(List<Container> waiting) {
    if (!waiting.isEmpty()) {
      workers.execute(() -> waiting.forEach(this::startAgain));
    }
  }

  private void startAgain(Container container) {
    try {
      starter.accept(container);
    } catch (NotModified e) {
      LOG.log(System.Logger.Level.DEBUG, "somebody was faster: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "container {0} (/{1}) stays as it is, its restart policy could not start it: {2}",
          container.id(),
          container.record().name(),
          e.getMessage());
    }
  }

  /** The policy begins anew: somebody has started the container, or removed it. */
  void forget(Container container) {
    Attempt attempt = attempts.remove(container.id());
    if (attempt != null) {
      attempt.start().cancel();
    }
  }

  /**
   * Somebody ends the container: from here on its policy does not start it again.
   *
   * @return true when it only waited for its restart, and so has ended now
   */
  boolean endByHand(Container container) {
    container.lock().lock();
    try {
      ContainerRecord ended = container.record().endedByHand();
      boolean waited = container.state().status() == Status.RESTARTING;
      if (waited) {
        forget(container);
        ended = ended.withState(ended.state().givenUp());
      }
      container.replace(ended);
      if (!ended.policy().isNone()) {
        save(ended);
      }
      if (waited) {
        container.ended(ended.state().exitCode());
      }
      return waited;
    } finally {
      container.lock().unlock();
    }
  }

  /** Its policy has changed: waits no longer for a restart that is not wanted. Its lock is held. */
  void policyChanged(Container container) {
    ContainerRecord record = container.record();
    if (record.state().status() == Status.RESTARTING && record.policy().isNone()) {
      forget(container);
      ContainerRecord ended = record.withState(record.state().givenUp());
      store.save(ended);
      container.replace(ended);
      container.ended(ended.state().exitCode());
    }
  }

  /** A full disk must keep nobody from stopping a container. */
  private void save(ContainerRecord record) {
    try {
      store.save(record);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "that container {0} was ended by hand is not on disk: {1}",
          record.id(),
          e.getMessage());
    }
  }
}
