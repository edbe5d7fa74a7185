package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.trace.Trace;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The verb remove: the end of a container and of all that is kept of it. */
final class RemoveContainer {
  private static final System.Logger LOG = System.getLogger(RemoveContainer.class.getName());

  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerStore store;
  private final ContainerNetwork network;
  private final KillContainer kill;
  private final Restarts restarts;
  private final ContainerEvents events;
  private final AnonymousVolumes volumes;

  RemoveContainer(
      EngineParts parts,
      ContainerRegistry registry,
      ContainerStore store,
      ContainerNetwork network,
      KillContainer kill,
      Restarts restarts,
      ContainerEvents events) {
    this.parts = parts;
    this.registry = registry;
    this.store = store;
    this.network = network;
    this.kill = kill;
    this.restarts = restarts;
    this.events = events;
    this.volumes = new AnonymousVolumes(parts.volumes(), registry, events);
  }

  /**
   * Removes.
   *
   * @param force a running container is killed first
   * @param withVolumes its anonymous volumes go with it
   * @throws Conflict when it runs and force is not given
   */
  void remove(Container container, boolean force, boolean withVolumes) {
    Status status = container.state().status();
    if (status.countsAsRunning()) {
      if (!force) {
        throw new Conflict(
            "cannot remove container \"/"
                + container.record().name()
                + "\": container is "
                + (status == Status.PAUSED
                    ? "paused and must be unpaused first"
                    : status.apiName() + ": stop the container before removing or force remove"));
      }
      if (!restarts.endByHand(container)) {
        end(container);
      }
    }
    container.lock().lock();
    try {
      removeLocked(container, withVolumes);
    } finally {
      container.lock().unlock();
    }
  }

  private void end(Container container) {
    CompletableFuture<Integer> exit = container.nextExit();
    if (container.state().status().isAlive()) {
      kill.end(container, Signals.SIGKILL);
      ExitWait.within(exit, ExitWait.NO_LIMIT);
    }
  }

  /** Removes a container that asked for it by --rm; its anonymous volumes go, too. */
  void removeAfterExit(Container container) {
    container.lock().lock();
    try {
      if (!container.state().status().countsAsRunning()) {
        removeLocked(container, true);
      }
    } catch (RuntimeException e) {
      // Nobody asked just now who could be told; who waits for its removal must not do so for ever.
      LOG.log(
          System.Logger.Level.ERROR,
          "container " + container.id() + " was to be removed after its run, and is left",
          e);
      container.removal().complete(container.state().exitCode());
    } finally {
      container.lock().unlock();
    }
  }

  private void removeLocked(Container container, boolean withVolumes) {
    if (container.state().status() == Status.REMOVING) {
      return;
    }
    if (container.state().status().countsAsRunning()) {
      throw new Conflict("container " + container.id() + " was started again meanwhile");
    }
    ContainerRecord before = container.record();
    container.replace(before.withState(container.state().removing()));
    restarts.forget(container);
    try {
      giveBack(container, withVolumes);
    } catch (RuntimeException e) {
      // It can be removed again, instead of being called a removal in progress for ever.
      container.replace(before);
      throw e;
    }
    try {
      if (withVolumes) {
        volumes.remove(before);
      }
      store.bury(container.id(), withVolumes);
    } finally {
      // The container is gone, even where a volume of it could not go with it: the next start sees
      // to that.
      container.hub().abandon();
      container.recording().live().end();
      events.publish(container, "destroy", Map.of());
      container.removal().complete(container.state().exitCode());
    }
  }

  private void giveBack(Container container, boolean withVolumes) {
    String id = container.id().hex();
    // Nothing is left of these after an orderly exit; a start that failed half-way may differ.
    network.detach(container, Trace.off());
    ContainerGroup.find(parts.cgroups(), container).ifPresent(Cgroup::remove);
    // The record first: a snapshot without a container is swept away at the next start, a container
    // without its snapshot would be of no use.
    store.doom(container.id(), withVolumes);
    parts.images().snapshotter().remove(id);
    registry.remove(container);
  }

  /** Goes on with a removal that an engine before this one had begun. */
  void finish(ContainerRecord halfRemoved) {
    volumes.remove(halfRemoved);
    store.bury(halfRemoved.id(), true);
  }
}
