package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.launch.Launch;
import io.jdocker.linux.launch.LaunchException;
import io.jdocker.linux.launch.Launched;
import io.jdocker.linux.launch.StatusRecord;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.runtime.launch.ExecPlan;
import io.jdocker.runtime.launch.ExecProgram;
import io.jdocker.runtime.launch.KernelSettings;
import io.jdocker.runtime.launch.Payload;
import io.jdocker.runtime.launch.SecurityPolicy;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.stdio.LogSink;
import io.jdocker.runtime.stdio.ProcessStreams;
import io.jdocker.runtime.user.RunningFiles;
import io.jdocker.runtime.user.User;
import io.jdocker.runtime.user.UserLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The verb exec: further processes in running containers. Thread-safe. */
final class ExecProcesses {
  private static final System.Logger LOG = System.getLogger(ExecProcesses.class.getName());
  private static final int KILLED = 137;

  /** As long as Docker does it: a client that polls has had its exit code by then. */
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  /** Docker's exec knows no 127. */
  private static final int NOT_STARTED = 126;

  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerStore store;
  private final ContainerNetwork network;
  private final SecurityPolicy security;
  private final ContainerEvents events;
  private final Map<String, Exec> execs = new ConcurrentHashMap<>();

  ExecProcesses(
      EngineParts parts,
      ContainerRegistry registry,
      ContainerStore store,
      ContainerNetwork network,
      SecurityPolicy security,
      ContainerEvents events) {
    this.parts = parts;
    this.registry = registry;
    this.store = store;
    this.network = network;
    this.security = security;
    this.events = events;
  }

  /**
   * Makes ready, without starting.
   *
   * @throws Conflict when the container does not run
   */
  Exec create(Container container, ExecSpec spec) {
    return create(container, spec, ContainerLayout.EXEC_PREFIX);
  }

  /** As {@link #create}, for a process that no further engine is to go on with. */
  Exec createProbe(Container container, ExecSpec spec) {
    return create(container, spec, ContainerLayout.PROBE_PREFIX);
  }

  private Exec create(Container container, ExecSpec spec, String filePrefix) {
    checkRunning(container);
    if (spec.argv().isEmpty()) {
      throw new InvalidArgument("No exec command specified");
    }
    spec.argv().forEach(word -> SpecValidator.refuseNul("command", word));
    spec.environment().forEach(word -> SpecValidator.refuseNul("environment variable", word));
    Exec exec = new Exec(registry.newId().hex(), container, spec, filePrefix);
    execs.put(exec.id(), exec);
    events.publish(container, "exec_create: " + String.join(" ", spec.argv()), execId(exec));
    return exec;
  }

  private static void checkRunning(Container container) {
    switch (container.state().status()) {
      case RUNNING -> {}
      case RESTARTING ->
          throw new Conflict(
              "Container "
                  + container.id()
                  + " is restarting, wait until the container is running");
      case PAUSED ->
          throw new Conflict(
              "Container "
                  + container.record().name()
                  + " is paused, unpause the container before exec");
      default -> throw new Conflict("Container " + container.id() + " is not running");
    }
  }

  Exec get(String id) {
    Exec exec = execs.get(id);
    if (exec == null) {
      throw new NotFound("No such exec instance: " + id);
    }
    return exec;
  }

  /** The ids of those of a container that have not ended. */
  List<String> of(Container container) {
    return execs.values().stream()
        .filter(exec -> exec.container() == container && exec.exitCode().isEmpty())
        .map(Exec::id)
        .sorted()
        .toList();
  }

  /** Forgets one that has ended. */
  void forget(Exec exec) {
    execs.remove(exec.id());
  }

  /** Forgets those of a container that has ended or is gone. */
  void forget(Container container) {
    execs.values().removeIf(exec -> exec.container() == container);
  }

  /**
   * Starts.
   *
   * @throws Conflict when it was started before, or the container does not run any more
   * @throws EngineException when the command cannot be run; the exec has then ended with 126 or 127
   */
  void start(Exec exec) {
    start(exec, LogSink.none());
  }

  /**
   * As {@link #start(Exec)}.
   *
   * @param output gets what it writes
   */
  void start(Exec exec, LogSink output) {
    if (!exec.claim()) {
      throw new Conflict("exec " + exec.id() + " has already been started");
    }
    Container container = exec.container();
    try (Undo undo = new Undo()) {
      checkRunning(container);
      Run run =
          container
              .run()
              .orElseThrow(() -> new Conflict("Container " + container.id() + " is not running"));
      launch(exec, run, output, undo);
      undo.commit();
    } catch (LaunchException e) {
      StartFailure failure = StartFailure.of(e, exec.spec().argv(), workingDirectory(exec));
      failed(exec, NOT_STARTED);
      throw new InvalidArgument("OCI runtime exec failed: exec failed: " + failure.message(), e);
    } catch (RuntimeException e) {
      failed(exec, NOT_STARTED);
      throw e;
    }
    events.publish(container, "exec_start: " + String.join(" ", exec.spec().argv()), execId(exec));
  }

  private static void failed(Exec exec, int code) {
    exec.exit().complete(code);
    exec.hub().abandon();
  }

  private void launch(Exec exec, Run run, LogSink output, Undo undo) {
    Container container = exec.container();
    Path statusFile = store.layout().folder(container.id()).resolve(exec.fileName());
    ContainerStreams streams =
        ContainerStreams.open(
            parts.kernel(), statusFile, ContainerStreams.StreamWishes.of(exec.spec()));
    undo.push("delete " + statusFile, () -> delete(statusFile));
    undo.push("close the streams of an exec", streams::close);
    Launched launched;
    try (GroupJoin join = GroupJoin.open(run.cgroup())) {
      ExecPlan plan = plan(exec, run, join.files(), streams);
      Payload payload = ExecProgram.compile(plan);
      launched =
          parts
              .launcher()
              .launch(
                  new Launch(
                      container.id().hex(),
                      payload.program(),
                      payload.beforeClone(),
                      payload.cloneFlags(),
                      streams.held(),
                      payload.terminal(),
                      join.folder()));
    }
    undo.push(
        "end the keeper of an exec",
        () -> parts.kernel().processes().killAndReap(launched.keeperPid()));
    Fd keeper = parts.kernel().processes().openPidfd(launched.keeperPid()).orElseThrow();
    undo.push("close the pidfd of an exec", keeper::close);
    ProcessStreams connected = streams.connect(parts, exec.hub(), output, keeper);
    undo.push("let go of the output of an exec", connected::close);
    exec.started(launched.payloadPid(), connected);
    expect(exec, keeper, streams.notice(), statusFile);
  }

  /** Ends it and what it has started, as far as that stayed in its process group. */
  void kill(Exec exec) {
    exec.whileRunning(pid -> parts.kernel().processes().kill(-pid, Signals.SIGKILL));
  }

  /** From here on this engine knows an exec that an earlier one started. */
  void adopted(Exec exec, Fd keeper, Fd notice, Path statusFile) {
    execs.put(exec.id(), exec);
    expect(exec, keeper, notice, statusFile);
  }

  private void expect(Exec exec, Fd keeper, Fd notice, Path statusFile) {
    parts
        .loop()
        .onExit(
            notice, () -> parts.workers().execute(() -> finish(exec, keeper, notice, statusFile)));
  }

  private ExecPlan plan(Exec exec, Run run, List<Fd> join, ContainerStreams streams) {
    ContainerSpec spec = exec.container().record().spec();
    String wanted = exec.spec().user().isEmpty() ? spec.process().user() : exec.spec().user();
    User user =
        new UserLookup(new RunningFiles(parts.kernel(), run.pid()))
            .resolve(wanted, spec.process().groups());
    IdMapping ids = spec.namespaces().ids();
    streams.giveTo(parts.kernel(), ids.hostUser(user.uid()), ids.hostGroup(user.gid()));
    List<String> environment =
        Environment.complete(
            Environment.merge(spec.process().environment(), exec.spec().environment()),
            hostname(exec.container()),
            exec.spec().terminal(),
            user.home(),
            List.of());
    Fd target =
        run.payload()
            .orElseThrow(
                () -> new Conflict("Container " + exec.container().id() + " is not running"));
    return new ExecPlan(
        target,
        namespaces(),
        !spec.namespaces().time().isNone(),
        join,
        streams.streams(),
        exec.spec().argv(),
        environment,
        workingDirectory(exec),
        KernelSettings.of(spec.resources().kernel()),
        security.credentials(spec, user, exec.spec().privileged() || spec.security().privileged()),
        ids);
  }

  private String hostname(Container container) {
    try {
      return network.hostname(container);
    } catch (NotFound e) {
      // The container whose network it shares is gone; it goes on, and so do its execs.
      return container.id().shortForm();
    }
  }

  private long namespaces() {
    long cgroup = parts.cgroups().version() == 2 ? ProcessCalls.CLONE_NEWCGROUP : 0;
    return ProcessCalls.CLONE_NEWNS
        | ProcessCalls.CLONE_NEWUTS
        | ProcessCalls.CLONE_NEWIPC
        | ProcessCalls.CLONE_NEWNET
        | cgroup;
  }

  private static String workingDirectory(Exec exec) {
    return exec.spec().workingDirectory().isEmpty()
        ? ContainerLaunch.workingDirectory(exec.container().record().spec())
        : exec.spec().workingDirectory();
  }

  private void finish(Exec exec, Fd keeper, Fd notice, Path statusFile) {
    int code = KILLED;
    try {
      exec.ended();
      exec.streams().ifPresent(ProcessStreams::finish);
      parts.kernel().processes().killAndReap(keeper);
      keeper.close();
      notice.close();
      code =
          EndOfRun.readStatus(statusFile)
              .flatMap(StatusRecord::status)
              .map(StatusRecord::exitCode)
              .orElse(KILLED);
      delete(statusFile);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "cannot clean up after exec " + exec.id(), e);
    } finally {
      // First: what somebody does on hearing of its end comes after it.
      events.publish(
          exec.container(),
          "exec_die",
          Map.of("execID", exec.id(), "exitCode", Integer.toString(code)));
      exec.exit().complete(code);
      if (!exec.isProbe()) {
        // By its id: the task may outlive the container by minutes, and must not keep it in memory.
        String id = exec.id();
        parts.timer().after(REMEMBERED, () -> execs.remove(id));
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new SystemFailure("cannot delete " + file + ": " + e, e);
    }
  }

  private static Map<String, String> execId(Exec exec) {
    return Map.of("execID", exec.id());
  }
}
