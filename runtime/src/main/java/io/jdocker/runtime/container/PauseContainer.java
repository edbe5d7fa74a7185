package io.jdocker.runtime.container;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.SystemFailure;
import java.util.Map;

/** The verbs pause and unpause: the freezer of its control group. */
final class PauseContainer {
  private final ContainerStore store;
  private final HealthChecks health;
  private final ContainerEvents events;

  PauseContainer(ContainerStore store, HealthChecks health, ContainerEvents events) {
    this.store = store;
    this.health = health;
    this.events = events;
  }

  /**
   * Stops all its processes where they are, and its probes.
   *
   * @throws Conflict when it does not run, or is paused
   */
  void pause(Container container) {
    container.lock().lock();
    try (Undo undo = new Undo()) {
      Run run = running(container);
      undo.push("let " + container.id() + " run on", run.cgroup()::thaw);
      run.cgroup().freeze();
      save(container, container.state().paused());
      health.end(container);
      undo.commit();
    } finally {
      container.lock().unlock();
    }
    events.publish(container, "pause", Map.of());
  }

  private static Run running(Container container) {
    String name = "Container " + container.id();
    switch (container.state().status()) {
      case RUNNING -> {
        return container.run().orElseThrow(() -> new Conflict(name + " is not running"));
      }
      case PAUSED -> throw new Conflict(name + " is already paused");
      case RESTARTING ->
          throw new Conflict(name + " is restarting, wait until the container is running");
      default -> throw new Conflict(name + " is not running");
    }
  }

  /**
   * Lets it run on.
   *
   * @throws SystemFailure when it is not paused: Docker's clients are used to that being a 500
   */
  void unpause(Container container) {
    if (!letRunOn(container)) {
      throw new SystemFailure("Container " + container.id() + " is not paused");
    }
  }

  /**
   * As {@link #unpause}.
   *
   * @return false when it is not paused
   */
  boolean letRunOn(Container container) {
    container.lock().lock();
    try {
      if (container.state().status() != Status.PAUSED || container.run().isEmpty()) {
        return false;
      }
      container.run().get().cgroup().thaw();
      save(container, container.state().unpaused());
      health.begin(container);
    } finally {
      container.lock().unlock();
    }
    events.publish(container, "unpause", Map.of());
    return true;
  }

  private void save(Container container, ContainerState state) {
    ContainerRecord record = container.record().withState(state);
    store.save(record);
    container.replace(record);
  }
}
