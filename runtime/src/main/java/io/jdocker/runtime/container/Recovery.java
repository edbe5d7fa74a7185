package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.launch.StatusRecord;
import io.jdocker.runtime.restart.RestartRules;
import io.jdocker.runtime.restart.RestartRules.Found;
import io.jdocker.runtime.stdio.ProcessStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The start of an engine, be it the first one or one after kill -9: the records on disk are
 * compared with what the kernel has, and made to agree. Containers that run are adopted, those that
 * ended meanwhile get their exit status, and what belongs to no container is removed.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
  private static final int UNKNOWN_EXIT = 255;

  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerStore store;
  private final EndOfRun endOfRun;
  private final RemoveContainer remove;
  private final HealthChecks health;
  private final Restarts restarts;
  private final AdoptExecs execs;
  private final Keepers keepers;
  private final StrayKeepers strays;

  /** Some container may run without having been taken over. */
  private boolean leftAlone;

  private final List<Container> toBeStarted = new ArrayList<>();
  private final ContainerVolumes volumes;
  private final ContainerLogs logs;

  Recovery(
      EngineParts parts,
      ContainerRegistry registry,
      ContainerStore store,
      EndOfRun endOfRun,
      RemoveContainer remove,
      HealthChecks health,
      Restarts restarts,
      ExecProcesses execProcesses) {
    this.parts = parts;
    this.registry = registry;
    this.store = store;
    this.endOfRun = endOfRun;
    this.remove = remove;
    this.health = health;
    this.restarts = restarts;
    this.keepers = new Keepers(parts.kernel());
    this.execs = new AdoptExecs(parts, store.layout(), execProcesses, keepers);
    this.volumes = new ContainerVolumes(parts);
    this.logs = new ContainerLogs(store.layout(), parts);
    this.strays = new StrayKeepers(parts.kernel(), parts.root());
  }

  void run() {
    try {
      recover();
    } catch (RuntimeException e) {
      registry.all().forEach(container -> container.letGo(parts.loop()));
      throw e;
    }
  }

  private void recover() {
    ContainerStore.Loaded loaded = store.load();
    loaded.records().forEach(this::register);
    loaded.halfRemoved().forEach(remove::finish);
    Set<String> unreadable = loaded.unreadable();
    sweepCgroups(unreadable);
    Set<String> live = new HashSet<>(unreadable);
    for (Container container : registry.all()) {
      if (adopt(container)) {
        live.add(container.id().hex());
      }
    }
    parts
        .networks()
        .restore(live)
        .forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem.getMessage()));
    sweepSnapshots(unreadable);
    registry.all().stream().filter(c -> !live.contains(c.id().hex())).forEach(this::settle);
    volumes.sweep();
    restarts.startSoon(new StartOrder(registry).of(toBeStarted));
    if (unreadable.isEmpty() && !leftAlone) {
      endStrays();
    }
  }

  private void register(ContainerRecord record) {
    try {
      registry.reserveName(record.name(), record.id());
      registry.add(
          new Container(
              record, CreateContainer.hub(record.spec()), store.layout().recording(record.id())));
    } catch (Conflict e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "container {0} is left out: {1}; rename one in its container.json",
          record.id(),
          e.getMessage());
    }
  }

  /** Looks through /proc, which takes time: beside whatever the first client wants. */
  private void endStrays() {
    Set<Integer> adopted = new HashSet<>(execs.keeperPids());
    registry.all().stream()
        .filter(c -> c.run().isPresent())
        .forEach(c -> adopted.add(c.state().keeperPid()));
    parts.workers().execute(() -> strays.end(adopted));
  }

  /** Takes a running container over; false when it does not run. */
  private boolean adopt(Container container) {
    try (Undo undo = new Undo()) {
      Path file = store.layout().status(container.id());
      Optional<StatusRecord> status = launched(container);
      Optional<Cgroup> cgroup = ContainerGroup.find(parts.cgroups(), container);
      Optional<Fd> keeper =
          status.isEmpty() || cgroup.isEmpty()
              ? Optional.empty()
              : keepers.find(status.get().keeperPid(), file);
      if (keeper.isEmpty()) {
        return false;
      }
      undo.push("close the keeper's pidfd", keeper.get()::close);
      adopt(container, status.get(), keeper.get(), cgroup.get(), undo);
      undo.commit();
      volumes.adopt(container);
      execs.adopt(container);
      return true;
    } catch (RuntimeException e) {
      // Whatever is wrong with one container, the others are to have their engine. Out of
      // descriptors, nobody knows that it has ended: it is left as it is for the next start.
      report("cannot take over container", container, e);
      leftAlone = true;
      return true;
    }
  }

  /**
   * The processes of the last launch. The record knows them, too, unless the engine was killed
   * before it wrote them; it must do where the status file is damaged.
   */
  private Optional<StatusRecord> launched(Container container) {
    ContainerState state = container.state();
    return EndOfRun.readStatus(store.layout().status(container.id()))
        .filter(status -> status.keeperPid() != 0)
        .or(
            () ->
                state.status().isAlive()
                    ? Optional.of(
                        new StatusRecord(state.keeperPid(), state.pid(), Optional.empty()))
                    : Optional.empty());
  }

  private void adopt(
      Container container, StatusRecord status, Fd keeper, Cgroup cgroup, Undo undo) {
    ContainerState state = container.state();
    if (state.pid() != status.payloadPid()) {
      // Killed between the launch and the record of it.
      ContainerRecord running =
          container
              .record()
              .withState(
                  state
                      .running(status.payloadPid(), status.keeperPid(), parts.clock().instant())
                      .withHealth(HealthChecks.atStart(container.record().spec())));
      store.save(running);
      container.replace(running);
    }
    Fd notice = keepers.notice(keeper);
    undo.push("close the notice", notice::close);
    Optional<Fd> first = parts.kernel().processes().openPidfd(status.payloadPid());
    undo.push("close the pidfd", () -> first.ifPresent(Fd::close));
    ContainerLogs.Opened log = logs.open(container.record());
    ProcessStreams connected =
        ProcessStreams.connect(
            parts.kernel(), parts.loop(), container.hub(), keepers.ends(keeper), log.sink());
    undo.push("let go of the output", connected::close);
    container.started(
        new Run(keeper, notice, first, status.payloadPid(), cgroup, connected, log.progress()));
    undo.push("let go of the run", () -> container.letGo(parts.loop()));
    adoptFreezer(container, cgroup);
    endOfRun.expect(container);
  }

  /** Killed between the freezer and the record of it: the kernel is right. */
  private void adoptFreezer(Container container, Cgroup cgroup) {
    boolean frozen = cgroup.isFrozen();
    if (frozen != (container.state().status() == Status.PAUSED)) {
      ContainerState state = container.state();
      ContainerRecord record =
          container.record().withState(frozen ? state.paused() : state.unpaused());
      store.save(record);
      container.replace(record);
    }
    if (!frozen) {
      health.begin(container);
    }
  }

  /** Brings the record of a container that does not run in line with that. */
  private void settle(Container container) {
    try {
      ContainerGroup.find(parts.cgroups(), container).ifPresent(Cgroup::remove);
      Optional<Integer> status =
          EndOfRun.readStatus(store.layout().status(container.id())).flatMap(StatusRecord::status);
      int code = status.map(StatusRecord::exitCode).orElse(UNKNOWN_EXIT);
      ContainerRecord settled = settled(container.record(), code);
      if (!settled.equals(container.record())) {
        store.save(settled);
        container.replace(settled);
      }
      if (settled.state().status() == Status.RESTARTING) {
        toBeStarted.add(container);
      }
      if (container.record().spec().lifecycle().autoRemove()
          && container.state().status() != Status.CREATED) {
        remove.removeAfterExit(container);
      }
    } catch (RuntimeException e) {
      report("cannot clean up after container", container, e);
    }
  }

  /**
   * The record of a container that does not run.
   *
   * @param exitCode of the run, where the record still says that it runs
   */
  private ContainerRecord settled(ContainerRecord record, int exitCode) {
    Status status = record.state().status();
    Found found =
        status.isAlive()
            ? Found.CUT_SHORT
            : status == Status.RESTARTING ? Found.WAITING : Found.AT_REST;
    ContainerRecord ended =
        switch (found) {
          case CUT_SHORT ->
              record.withState(record.state().exited(exitCode, false, parts.clock().instant()));
          case WAITING -> record.withState(record.state().givenUp());
          case AT_REST -> record;
        };
    boolean neverRan = record.state().startedAt().equals(ContainerState.NEVER);
    if (neverRan || !RestartRules.atEngineStart(record.policy(), ended.lastRun(), found)) {
      return ended;
    }
    return switch (found) {
      case CUT_SHORT -> ended.toBeRestarted();
      case WAITING -> record;
      case AT_REST -> ended.startedByHand().withState(ended.state().restarting());
    };
  }

  private static void report(String what, Container container, RuntimeException why) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} {1} (/{2}): {3}",
        what,
        container.id(),
        container.record().name(),
        why.getMessage());
  }

  /**
   * Ends what runs in a control group of no container, or of one whose launch did not get so far as
   * to name its processes. A launch still under way then fails at its first step, as its group is
   * gone.
   */
  private void sweepCgroups(Set<String> unreadable) {
    for (String id : parts.cgroups().list()) {
      boolean launched = registry.find(id).flatMap(this::launched).isPresent();
      if (!launched && !unreadable.contains(id)) {
        parts.cgroups().find(id).ifPresent(Cgroup::remove);
      }
    }
  }

  private void sweepSnapshots(Set<String> unreadable) {
    List<String> keys = parts.images().snapshotter().list();
    for (String key : keys) {
      if (registry.find(key).isEmpty() && !unreadable.contains(key)) {
        parts.images().snapshotter().remove(key);
      }
    }
  }
}
