package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.NotModified;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.launch.LaunchException;
import io.jdocker.linux.launch.Launched;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Sandbox;
import io.jdocker.runtime.launch.HostDevices;
import io.jdocker.runtime.launch.Payload;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.stdio.ProcessStreams;
import java.util.Map;
import java.util.Optional;

/**
 * The verb start. In order: control group, network, mounts and user looked up, pipes, launch,
 * record. What is acquired is undone when a later step fails; what a crash leaves, {@link Recovery}
 * finds by the container's id.
 */
final class StartContainer {
  private static final System.Logger LOG = System.getLogger(StartContainer.class.getName());
  private static final int START_FAILED = 128;

  private final EngineParts parts;
  private final ContainerStore store;
  private final ContainerNetwork network;
  private final ContainerLaunch launch;
  private final EndOfRun endOfRun;
  private final ContainerEvents events;
  private final TraceArchive traces;
  private final Restarts restarts;
  private final HealthChecks health;
  private final HostDevices devices;
  private final ContainerVolumes volumes;
  private final ContainerLogs logs;

  StartContainer(
      EngineParts parts,
      ContainerStore store,
      ContainerNetwork network,
      ContainerLaunch launch,
      EndOfRun endOfRun,
      ContainerEvents events,
      TraceArchive traces,
      Restarts restarts,
      HealthChecks health,
      HostDevices devices) {
    this.parts = parts;
    this.store = store;
    this.network = network;
    this.launch = launch;
    this.endOfRun = endOfRun;
    this.events = events;
    this.traces = traces;
    this.restarts = restarts;
    this.health = health;
    this.devices = devices;
    this.volumes = new ContainerVolumes(parts);
    this.logs = new ContainerLogs(store.layout(), parts);
  }

  /**
   * Starts, and returns when the command runs.
   *
   * @throws NotModified when it runs already
   * @throws EngineException when it cannot start; it is then what it was before
   */
  void start(Container container) {
    container.lock().lock();
    try {
      Status status = container.state().status();
      if (status == Status.PAUSED) {
        throw new Conflict("cannot start a paused container, try unpause instead");
      }
      if (status.countsAsRunning()) {
        throw new NotModified("container " + container.id() + " is already running");
      }
      if (!status.canStart()) {
        throw new Conflict(
            "container is marked for removal and cannot be started: " + container.id());
      }
      restarts.forget(container);
      container.replace(container.record().startedByHand());
      startLocked(container, container.recording().begin());
    } finally {
      container.lock().unlock();
    }
  }

  /**
   * Starts a container whose policy wants it.
   *
   * @throws NotModified when it does not wait for that any more
   * @throws EngineException when it cannot start; the policy has then given up
   */
  void startAgain(Container container) {
    container.lock().lock();
    try {
      if (container.state().status() != Status.RESTARTING) {
        throw new NotModified("container " + container.id() + " waits for no restart");
      }
      startLocked(container, container.recording().begin());
    } catch (NotModified e) {
      throw e;
    } catch (RuntimeException e) {
      restarts.forget(container);
      container.ended(container.state().exitCode());
      throw e;
    } finally {
      container.lock().unlock();
    }
  }

  private void startLocked(Container container, Trace trace) {
    ContainerState before = container.state();
    try (Undo undo = new Undo()) {
      run(container, trace, undo);
      undo.commit();
    } catch (LaunchException e) {
      StartFailure failure =
          StartFailure.of(
              e,
              container.record().spec().process().argv(),
              ContainerLaunch.workingDirectory(container.record().spec()));
      failed(container, before, failure.exitCode(), failure.message());
      throw failure.toException();
    } catch (RuntimeException e) {
      failed(container, before, START_FAILED, e.getMessage());
      throw e;
    }
    traces.saveSoon(container);
    events.publish(container, "start", Map.of());
  }

  private void run(Container container, Trace trace, Undo undo) {
    String id = container.id().hex();
    // Cleans up after a crash of an earlier engine, too: create replaces what stands there.
    ContainerSpec spec = container.record().spec();
    ContainerDevices hostDevices = ContainerDevices.of(spec, devices);
    Cgroup cgroup =
        ContainerGroup.driver(parts.cgroups(), spec)
            .create(id, spec.resources().limits(), hostDevices.rules(), trace);
    undo.push("remove control group " + id, cgroup::remove);
    undo.push("take back the network of " + id, () -> network.detach(container, Trace.off()));
    // What the end of an earlier run could not take back.
    network.detach(container, Trace.off());
    // Descriptors that only the launch needs are closed whether it succeeds or not.
    Launched launched;
    ContainerStreams streams;
    try (Undo afterLaunch = new Undo();
        GroupJoin join = GroupJoin.open(cgroup)) {
      // Before the network, whose namespace belongs to it.
      Optional<OpenUsers> own = launch.openUsers(spec, afterLaunch, trace);
      Sandbox sandbox = network.attach(container, own.flatMap(OpenUsers::network), trace);
      volumes.hold(container, undo);
      streams = openStreams(container);
      undo.push("close the streams of " + id, streams::close);
      Payload payload =
          launch.compile(
              container,
              new LaunchParts(sandbox, cgroup, join.files(), hostDevices.nodes(), streams, own),
              afterLaunch);
      launched = launch.run(container, payload, join.folder(), streams, trace);
    }
    begin(container, launched, cgroup, streams, undo);
  }

  private ContainerStreams openStreams(Container container) {
    return ContainerStreams.open(
        parts.kernel(),
        store.layout().status(container.id()),
        ContainerStreams.StreamWishes.of(container.record().spec().process()));
  }

  /** The command runs: it is taken charge of, and that is written down. */
  private void begin(
      Container container, Launched launched, Cgroup cgroup, ContainerStreams streams, Undo undo) {
    // The keeper before the control group, whose undo ends the rest: it would hold on for ever.
    undo.push("end the keeper", () -> parts.kernel().processes().killAndReap(launched.keeperPid()));
    Fd keeper = parts.kernel().processes().openPidfd(launched.keeperPid()).orElseThrow();
    undo.push("close the keeper's pidfd", keeper::close);
    Optional<Fd> first = parts.kernel().processes().openPidfd(launched.payloadPid());
    undo.push("close the pidfd", () -> first.ifPresent(Fd::close));
    ContainerRecord running =
        container
            .record()
            .withState(
                container
                    .state()
                    .running(launched.payloadPid(), launched.keeperPid(), parts.clock().instant())
                    .withHealth(HealthChecks.atStart(container.record().spec())));
    store.save(running);
    container.replace(running);
    ContainerLogs.Opened log = logs.open(container.record());
    ProcessStreams connected = streams.connect(parts, container.hub(), log.sink(), keeper);
    undo.push("let go of the output of " + container.id(), connected::close);
    container.started(
        new Run(
            keeper,
            streams.notice(),
            first,
            launched.payloadPid(),
            cgroup,
            connected,
            log.progress()));
    endOfRun.expect(container);
    health.begin(container);
  }

  private void failed(Container container, ContainerState before, int exitCode, String message) {
    ContainerRecord record = container.record().withState(before.failedToStart(exitCode, message));
    container.replace(record);
    container.hub().abandon();
    container.recording().live().end();
    traces.saveSoon(container);
    try {
      store.deleteStatus(container.id());
      store.save(record);
    } catch (SystemFailure e) {
      // A full disk may be why the start failed; that is what the caller is to be told.
      LOG.log(
          System.Logger.Level.WARNING,
          "the failed start of container {0} is not on disk: {1}",
          container.id(),
          e.getMessage());
    }
  }
}
