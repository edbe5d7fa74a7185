package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.cgroups.Limits;
import io.jdocker.cgroups.LimitsValidator;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The verb update: other limits, at once where the container runs, and another restart policy. */
final class UpdateContainer {
  private final LimitsValidator limits;
  private final ContainerStore store;
  private final Restarts restarts;
  private final ContainerEvents events;

  UpdateContainer(
      LimitsValidator limits, ContainerStore store, Restarts restarts, ContainerEvents events) {
    this.limits = limits;
    this.store = store;
    this.restarts = restarts;
    this.events = events;
  }

  /**
   * Updates.
   *
   * @param warn gets a warning for each wish that this kernel cannot meet
   * @throws InvalidArgument when a limit is wrong by itself, beside what is set, or for the kernel;
   *     nothing has changed then
   * @throws Conflict when the container is being removed
   */
  void update(Container container, ContainerUpdate wish, Consumer<String> warn) {
    container.lock().lock();
    try (Undo undo = new Undo()) {
      if (container.state().status() == Status.REMOVING) {
        throw new Conflict(
            "Container is marked for removal and cannot be \"update\": " + container.id());
      }
      ContainerSpec before = container.record().spec();
      ContainerSpec after = merged(container, wish, warn);
      Optional<Cgroup> group = container.run().map(Run::cgroup);
      if (group.isPresent() && !after.resources().equals(before.resources())) {
        undo.push(
            "set the limits as they were", () -> group.get().update(before.resources().limits()));
        group.get().update(after.resources().limits());
      }
      ContainerRecord record = container.record().withSpec(after);
      store.save(record);
      container.replace(record);
      undo.commit();
      restarts.policyChanged(container);
    } finally {
      container.lock().unlock();
    }
    events.publish(container, "update", Map.of());
  }

  private ContainerSpec merged(Container container, ContainerUpdate wish, Consumer<String> warn) {
    ContainerSpec before = container.record().spec();
    if (wish.restart().map(policy -> !policy.isNone()).orElse(false)
        && before.lifecycle().autoRemove()) {
      throw new InvalidArgument(
          "Restart policy cannot be updated because AutoRemove is enabled for the container");
    }
    RestartPolicy policy = wish.restart().orElse(before.lifecycle().restart());
    try {
      Limits changed =
          before.resources().limits().updatedBy(limits.checkUpdate(wish.limits(), warn));
      return before
          .withResources(before.resources().withLimits(changed))
          .withLifecycle(before.lifecycle().withRestart(policy));
    } catch (InvalidArgument e) {
      throw new InvalidArgument(
          "Cannot update container " + container.id() + ": " + e.getMessage(), e);
    }
  }
}
