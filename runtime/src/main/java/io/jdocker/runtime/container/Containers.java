package io.jdocker.runtime.container;

import io.jdocker.cgroups.LimitsValidator;
import io.jdocker.images.Image;
import io.jdocker.linux.WindowSize;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.NotModified;
import io.jdocker.network.Network;
import io.jdocker.runtime.explain.Explanation;
import io.jdocker.runtime.explain.LiveTrace;
import io.jdocker.runtime.explain.Subject;
import io.jdocker.runtime.launch.ContainerProgram;
import io.jdocker.runtime.launch.HostDevices;
import io.jdocker.runtime.launch.SecurityPolicy;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.LogQuery;
import io.jdocker.runtime.stdio.LogReader;
import io.jdocker.runtime.stdio.StreamSelection;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The containers of an engine, and every verb on them. A container is named by its full id, its
 * name, or a prefix of its id that no other shares; an unknown one is a {@link NotFound}.
 * Thread-safe.
 */
public final class Containers {
  private static final System.Logger LOG = System.getLogger(Containers.class.getName());

  private final EngineParts parts;
  private final ContainerRegistry registry = new ContainerRegistry();
  private final ContainerStore store;
  private final ContainerLogs logs;
  private final CreateContainer create;
  private final StartContainer start;
  private final KillContainer kill;
  private final StopContainer stop;
  private final PauseContainer pause;
  private final RenameContainer rename;
  private final UpdateContainer update;
  private final RemoveContainer remove;
  private final ExecProcesses execs;
  private final ConnectNetwork connections;
  private final ContainerEvents events;
  private final TraceArchive traces;
  private final ContainerFiles files;
  private final CommitContainer commit;

  /** Opens the containers below the engine's root: takes over those that run, mends the rest. */
  public static Containers open(EngineParts parts) {
    return new Containers(parts);
  }

  private Containers(EngineParts parts) {
    this.parts = parts;
    this.store = new ContainerStore(new ContainerLayout(parts.root().resolve("containers")));
    this.logs = new ContainerLogs(store.layout(), parts);
    this.events = new ContainerEvents(parts.events());
    SecurityPolicy security = new SecurityPolicy(parts.kernel().architecture());
    parts.workers().execute(security::warmUp);
    ContainerNetwork network = new ContainerNetwork(parts, registry, store.layout(), events);
    Restarts restarts = new Restarts(parts.timer(), parts.workers(), store, this::startAgain);
    execs = new ExecProcesses(parts, registry, store, network, security, events);
    HealthChecks health =
        new HealthChecks(
            parts.timer(),
            parts.workers(),
            parts.clock(),
            store,
            new ExecProbe(execs, parts.timer(), parts.workers(), parts.clock()),
            events);
    pause = new PauseContainer(store, health, events);
    kill = new KillContainer(parts, restarts, pause, events);
    stop = new StopContainer(kill, restarts, events);
    rename = new RenameContainer(registry, store, parts.networks(), events);
    LimitsValidator limits = LimitsValidator.of(parts.cgroups(), parts.kernel());
    update = new UpdateContainer(limits, store, restarts, events);
    connections = new ConnectNetwork(parts, store, events);
    traces = new TraceArchive();
    remove = new RemoveContainer(parts, registry, store, network, kill, restarts, events);
    EndOfRun endOfRun =
        new EndOfRun(
            parts, store, network, events, traces, restarts, health, this::removeAfterExit);
    HostDevices devices = new HostDevices(parts.kernel(), Path.of("/dev"));
    SpecValidator specs =
        new SpecValidator(security, new ResourceValidator(limits, parts.cgroups(), devices));
    SharedNamespaces namespaces = new SharedNamespaces(parts, registry);
    ContainerLaunch launch =
        new ContainerLaunch(parts, network, new ContainerProgram(), security, namespaces);
    create = new CreateContainer(parts, registry, store, specs, namespaces, events);
    start =
        new StartContainer(
            parts, store, network, launch, endOfRun, events, traces, restarts, health, devices);
    ContainerRoots roots = new ContainerRoots(parts, store.layout());
    files = new ContainerFiles(parts, registry, roots, events);
    commit = new CommitContainer(parts, roots, events);
    new Recovery(parts, registry, store, endOfRun, remove, health, restarts, execs).run();
  }

  /**
   * Creates a container.
   *
   * @param name empty: the engine chooses one
   */
  public Container create(String name, ContainerSpec request) {
    return create(name, request, warning -> {});
  }

  /**
   * As {@link #create(String, ContainerSpec)}.
   *
   * @param warn gets a warning for each wish that this kernel cannot meet
   */
  public Container create(String name, ContainerSpec request, Consumer<String> warn) {
    return create.create(name, request, warn);
  }

  /** Creates a container on a step of a build: an image of layers, in no store. */
  public Container createOn(Image image, String name, ContainerSpec request) {
    return create.create(image, name, request, warning -> {});
  }

  public Container get(String reference) {
    return registry.get(reference);
  }

  public Optional<Container> find(String reference) {
    return registry.find(reference);
  }

  /** Every container, in the order of ids. */
  public Collection<Container> list() {
    return registry.all();
  }

  /** Starts a container; where that fails and it was to be removed after its run, it is. */
  public void start(String reference) {
    Container container = registry.get(reference);
    execs.forget(container);
    try {
      start.start(container);
    } catch (NotModified e) {
      throw e;
    } catch (RuntimeException e) {
      if (container.record().spec().lifecycle().autoRemove()
          && container.state().status() == Status.CREATED) {
        removeAfterExit(container);
      }
      throw e;
    }
  }

  /**
   * Stops a container and waits for its end.
   *
   * @param signal instead of its own stop signal
   * @param timeoutSeconds instead of its own; -1: no limit
   */
  public void stop(String reference, Optional<String> signal, Optional<Integer> timeoutSeconds) {
    stop.stop(registry.get(reference), signal, timeoutSeconds);
  }

  private void startAgain(Container container) {
    execs.forget(container);
    start.startAgain(container);
  }

  /** Stops it, where it runs, and starts it; --rm does not remove it in between. */
  public void restart(String reference, Optional<String> signal, Optional<Integer> timeoutSeconds) {
    Container container = registry.get(reference);
    container.keep(true);
    try {
      if (container.state().status().countsAsRunning()) {
        stop.stop(container, signal, timeoutSeconds);
      }
    } catch (NotModified e) {
      LOG.log(System.Logger.Level.DEBUG, "it has ended by itself: {0}", e.getMessage());
    } finally {
      container.keep(false);
    }
    start(container.id().hex());
    events.publish(container, "restart", Map.of());
  }

  /** Stops all its processes where they are. */
  public void pause(String reference) {
    pause.pause(registry.get(reference));
  }

  /** Lets its processes run on. */
  public void unpause(String reference) {
    pause.unpause(registry.get(reference));
  }

  /** Gives it another name; those who link to it, or share its network, follow. */
  public void rename(String reference, String name) {
    rename.rename(registry.get(reference), name);
  }

  /**
   * Changes its limits, now where it runs, and its restart policy.
   *
   * @param warn gets a warning for each wish that this kernel cannot meet
   */
  public void update(String reference, ContainerUpdate wish, Consumer<String> warn) {
    update.update(registry.get(reference), wish, warn);
  }

  /** What it uses at this moment; empty where it does not run. */
  public Optional<Measurement> measure(Container container) {
    return new MeasureContainer().measure(container);
  }

  /** Sends a signal, by name or number; empty: SIGKILL. */
  public void kill(String reference, String signal) {
    kill.kill(registry.get(reference), signal);
  }

  /**
   * Removes a container.
   *
   * @param force a running one is killed first
   * @param volumes its anonymous volumes go, too
   */
  public void remove(String reference, boolean force, boolean volumes) {
    Container container = registry.get(reference);
    remove.remove(container, force, volumes);
    execs.forget(container);
  }

  private void removeAfterExit(Container container) {
    remove.removeAfterExit(container);
    execs.forget(container);
  }

  /** Completed with the exit code when the condition holds. */
  public CompletableFuture<Integer> await(String reference, WaitCondition condition) {
    Container container = registry.get(reference);
    return switch (condition) {
      case NEXT_EXIT -> container.nextExit();
      case REMOVED -> container.removal();
      case NOT_RUNNING -> {
        CompletableFuture<Integer> exit = container.nextExit();
        yield container.state().status().countsAsRunning()
            ? exit
            : CompletableFuture.completedFuture(container.state().exitCode());
      }
    };
  }

  /**
   * Attaches to the present run, or to the next one.
   *
   * @param withLog what was written so far comes first
   */
  public Attachment attach(String reference, StreamSelection selection, boolean withLog) {
    Container container = registry.get(reference);
    switch (container.state().status()) {
      case PAUSED ->
          throw new Conflict(
              "Container "
                  + container.record().name()
                  + " is paused, unpause the container before attach");
      case RESTARTING ->
          throw new Conflict(
              "Container "
                  + container.record().name()
                  + " is restarting, wait until the container is running");
      default -> events.publish(container, "attach", Map.of());
    }
    return withLog
        ? container.hub().attachWithLog(selection, logs.file(container.record()))
        : container.hub().attach(selection);
  }

  /** Reads what the container has written, in all its runs. */
  public LogReader logs(String reference, LogQuery query) {
    return logs.read(registry.get(reference), query);
  }

  /** Their files: copied in and out, compared, exported. */
  public ContainerFiles files() {
    return files;
  }

  /** Makes an image of what a container has changed. */
  public Image commit(String reference, CommitRequest request) {
    return commit.commit(registry.get(reference), request);
  }

  /** Where its output is kept. */
  public Path logFile(Container container) {
    return logs.file(container.record());
  }

  /** Its folder on the host. */
  public Path folder(Container container) {
    return store.layout().folder(container.id());
  }

  /** Sets the size of its terminal. */
  public void resize(String reference, WindowSize size) {
    Container container = registry.get(reference);
    Run run =
        container
            .run()
            .orElseThrow(() -> new Conflict("Container " + container.id() + " is not running"));
    run.streams().resize(size);
    events.publish(container, "resize", Map.of());
  }

  /** Host pids of all its processes. */
  public List<Integer> processes(String reference) {
    Container container = registry.get(reference);
    return container
        .run()
        .orElseThrow(() -> new Conflict("Container " + container.id() + " is not running"))
        .cgroup()
        .processes();
  }

  /** What its last start and end did to the kernel. */
  public Explanation explain(String reference) {
    Container container = registry.get(reference);
    ContainerRecord record = container.record();
    Subject subject =
        new Subject(
            record.id().hex(),
            record.name(),
            record.spec().image(),
            record.spec().process().argv(),
            parts.root(),
            folder(container));
    return new Explanation(subject, container.recording().entries());
  }

  /** What is done to the kernel for it from now on, up to the end of its run. */
  public LiveTrace.Watch explainLive(String reference) {
    return registry.get(reference).recording().live().watch();
  }

  public Exec createExec(String reference, ExecSpec spec) {
    return execs.create(registry.get(reference), spec);
  }

  public Exec exec(String id) {
    return execs.get(id);
  }

  /** Ids of its execs that have not ended. */
  public List<String> execs(Container container) {
    return execs.of(container);
  }

  /** Starts an exec that {@link #createExec} made ready. */
  public void startExec(Exec exec) {
    execs.start(exec);
  }

  /** Sets the size of an exec's terminal; nothing happens before its start and after its end. */
  public void resizeExec(Exec exec, WindowSize size) {
    exec.streams().ifPresent(streams -> streams.resize(size));
  }

  /** Puts a container on one more network: now, if it runs, and in its further runs. */
  public void connect(String reference, Network network, EndpointRequest request) {
    connections.connect(registry.get(reference), network, request);
  }

  /**
   * Takes a container off a network.
   *
   * @param force also when it is not on it
   */
  public void disconnect(String reference, Network network, boolean force) {
    connections.disconnect(registry.get(reference), network, force);
  }

  /** Ids of the containers that use a volume. */
  public List<String> usersOfVolume(String volume) {
    return VolumeUse.users(registry, volume);
  }

  /** Writes what is still only in memory and lets go of what runs; containers go on. */
  public void close() {
    traces.close();
    registry.all().forEach(traces::save);
    registry.all().forEach(container -> container.letGo(parts.loop()));
  }
}
