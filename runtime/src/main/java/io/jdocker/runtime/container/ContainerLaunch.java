package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.images.OverlayMount;
import io.jdocker.linux.Fd;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.launch.Launch;
import io.jdocker.linux.launch.LaunchException;
import io.jdocker.linux.launch.Launched;
import io.jdocker.linux.launch.StepResult;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.network.Sandbox;
import io.jdocker.runtime.launch.ContainerPlan;
import io.jdocker.runtime.launch.ContainerProgram;
import io.jdocker.runtime.launch.KernelSettings;
import io.jdocker.runtime.launch.Payload;
import io.jdocker.runtime.launch.SecurityPolicy;
import io.jdocker.runtime.launch.VolumeMount;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.user.LayerFiles;
import io.jdocker.runtime.user.User;
import io.jdocker.runtime.user.UserLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out and opens what a container's first process needs, compiles it, launches it. */
final class ContainerLaunch {
  private final EngineParts parts;
  private final ContainerNetwork network;
  private final ContainerProgram program;
  private final SecurityPolicy security;
  private final MountPlan mounts;
  private final SharedNamespaces namespaces;

  ContainerLaunch(
      EngineParts parts,
      ContainerNetwork network,
      ContainerProgram program,
      SecurityPolicy security,
      SharedNamespaces namespaces) {
    this.parts = parts;
    this.network = network;
    this.program = program;
    this.security = security;
    this.namespaces = namespaces;
    this.mounts =
        new MountPlan(new SourceTrees(parts.kernel()), parts.volumes(), parts.cgroups().version());
  }

  /** An empty folder on which each container mounts its root, in a mount namespace of its own. */
  static Path mountPoint(Path root) {
    return root.resolve("rootfs");
  }

  static String workingDirectory(ContainerSpec spec) {
    String folder = spec.process().workingDirectory();
    return folder.isEmpty() ? "/" : folder;
  }

  /** Makes the user namespace of a container, where it is to have its own. */
  Optional<OpenUsers> openUsers(ContainerSpec spec, Undo afterLaunch, Trace trace) {
    return namespaces.users().open(spec, afterLaunch, trace);
  }

  /**
   * Compiles.
   *
   * @param afterLaunch gets the closing of what only the launch needs
   */
  Payload compile(Container container, LaunchParts acquired, Undo afterLaunch) {
    Sandbox sandbox = acquired.sandbox();
    Cgroup cgroup = acquired.cgroup();
    ContainerStreams streams = acquired.streams();
    ContainerSpec spec = container.record().spec();
    OverlayMount overlay =
        parts
            .images()
            .snapshotter()
            .find(container.id().hex())
            .orElseThrow(
                () -> new SystemFailure("the writable layer of " + container.id() + " is gone"));
    User user = user(spec, overlay);
    IdMapping ids = spec.namespaces().ids();
    streams.giveTo(parts.kernel(), ids.hostUser(user.uid()), ids.hostGroup(user.gid()));
    Optional<OpenUsers> users = acquired.users();
    Path names = network.namesFolder(spec, container.id());
    SharedNamespaces.Opened shared = namespaces.open(spec, users.map(OpenUsers::plan), afterLaunch);
    List<VolumeMount> volumes =
        mounts.open(
            spec,
            new MountPlan.EngineMounts(
                cgroup, names, shared.sharedMemory(), users.map(OpenUsers::namespace)),
            afterLaunch);
    boolean ownsName = spec.namespaces().uts().isNew();
    String hostname = network.hostname(container);
    return program.compile(
        new ContainerPlan(
            overlay.options(parts.root()),
            parts.root(),
            mountPoint(parts.root()),
            spec.security().readOnlyRoot(),
            acquired.join(),
            cgroup.directories(),
            sandbox.namespacePath().map(path -> namespace(path, afterLaunch)),
            namespaceName(sandbox),
            ownsName ? hostname : "",
            ownsName ? spec.domainname() : "",
            volumes,
            SharedNamespaces.ownSharedMemory(spec),
            acquired.devices(),
            KernelSettings.of(spec.resources().kernel()),
            spec.security().privileged(),
            // As in Docker: in a pid namespace of others it would not be the one to reap.
            spec.lifecycle().init() && spec.namespaces().pid().isNew()
                ? Optional.of(parts.init())
                : Optional.empty(),
            shared.plan(),
            streams.streams(),
            spec.process().argv(),
            environment(spec, sandbox, hostname, user),
            workingDirectory(spec),
            security.credentials(spec, user)));
  }

  private User user(ContainerSpec spec, OverlayMount overlay) {
    List<Path> layers = new ArrayList<>();
    layers.add(overlay.upper());
    layers.addAll(overlay.lower());
    return new UserLookup(new LayerFiles(parts.kernel(), layers))
        .resolve(spec.process().user(), spec.process().groups());
  }

  private static List<String> environment(
      ContainerSpec spec, Sandbox sandbox, String hostname, User user) {
    return Environment.complete(
        spec.process().environment(),
        hostname,
        spec.process().terminal(),
        user.home(),
        sandbox.environment());
  }

  /** As ip-netns(8) knows it, where it is the container's own. */
  private static Path namespaceName(Sandbox sandbox) {
    return sandbox.namespaceName().isEmpty()
        ? sandbox.namespacePath().orElse(Path.of("/proc/1/ns/net"))
        : Path.of("/run/netns").resolve(sandbox.namespaceName());
  }

  private Fd namespace(Path path, Undo afterLaunch) {
    Fd namespace = parts.kernel().files().open(path.toString(), OpenFlags.O_RDONLY, 0);
    afterLaunch.push("close " + path, namespace::close);
    return namespace;
  }

  /** Launches, and records each call that was made, the refused one included. */
  Launched run(
      Container container,
      Payload payload,
      Optional<Fd> group,
      ContainerStreams streams,
      Trace trace) {
    long start = System.nanoTime();
    try {
      Launched launched =
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
                      group));
      record(trace, launched.results(), start);
      return launched;
    } catch (LaunchException e) {
      record(trace, e.results(), start);
      throw e;
    }
  }

  private static void record(Trace trace, List<StepResult> results, long start) {
    for (StepResult result : results) {
      trace.record(
          Stage.LAUNCH,
          result.step().purpose(),
          result.step()::toString,
          result.shown(),
          0,
          result.step()::shellCommand);
    }
    trace.record(
        Stage.LAUNCH,
        "from the first clone to the command's own first instruction",
        () -> "clone, " + results.size() + " calls, execve",
        "0",
        start,
        null);
  }
}
