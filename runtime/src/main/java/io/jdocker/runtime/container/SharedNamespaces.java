package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.seccomp.KernelVersion;
import io.jdocker.runtime.launch.NamespacePlan;
import io.jdocker.runtime.launch.UserPlan;
import io.jdocker.runtime.launch.VolumeMount;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the namespaces that a container shares with the host or with another container. */
final class SharedNamespaces {
  private static final String SHARED_MEMORY = "/dev/shm";

  /** execve(2) enters the time namespace that was made for the children. */
  private static final KernelVersion TIME_BY_EXECVE = new KernelVersion(6, 2);

  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final UserChoice choice;
  private final UserNamespaces users;

  SharedNamespaces(EngineParts parts, ContainerRegistry registry) {
    this.parts = parts;
    this.registry = registry;
    this.choice = new UserChoice(parts.users(), registry);
    this.users = new UserNamespaces(parts, registry);
  }

  /**
   * What the launch needs of them.
   *
   * @param sharedMemory what is mounted on /dev/shm; empty: a file system of its own, or none
   */
  record Opened(NamespacePlan plan, Optional<VolumeMount> sharedMemory) {}

  /**
   * The specification with other containers named by their ids, which stay when a name changes, and
   * with what was left to the engine.
   *
   * @throws InvalidArgument when there is no such container, or for namespaces that do not go
   *     together
   */
  ContainerSpec named(ContainerSpec spec) {
    NamespaceSpec asked = spec.namespaces();
    if (!asked.time().isNone()) {
      requireTimeNamespaces();
    }
    NamespaceSpec named = asked.withPid(named(asked.pid())).withIpc(named(asked.ipc()));
    if (asked.cgroup() instanceof NamespaceMode.Unsaid) {
      // As Docker does: what reads its limits by /proc/self/cgroup expects that of version 1.
      named =
          named.withCgroup(
              parts.cgroups().version() == 2 ? new NamespaceMode.Own() : new NamespaceMode.Host());
    }
    return choice.given(spec.withNamespaces(named).withNetworking(named(spec.networking())));
  }

  /** Makes what a container has of its own. */
  UserNamespaces users() {
    return users;
  }

  /** A container that is not there is refused when the network is looked over. */
  private NetworkingSpec named(NetworkingSpec asked) {
    if (!asked.mode().startsWith(NamespaceMode.CONTAINER)) {
      return asked;
    }
    return registry
        .find(asked.mode().substring(NamespaceMode.CONTAINER.length()))
        .map(target -> asked.withMode(NamespaceMode.CONTAINER + target.id().hex()))
        .orElse(asked);
  }

  private NamespaceMode named(NamespaceMode mode) {
    if (mode instanceof NamespaceMode.Container other) {
      Container target =
          registry
              .find(other.reference())
              .orElseThrow(() -> new InvalidArgument("No such container: " + other.reference()));
      return new NamespaceMode.Container(target.id().hex());
    }
    return mode;
  }

  private static void requireTimeNamespaces() {
    KernelVersion kernel = KernelVersion.current();
    if (!Files.exists(Path.of("/proc/self/timens_offsets")) || !kernel.isAtLeast(TIME_BY_EXECVE)) {
      throw new Unsupported(
          "a time offset needs time namespaces (CONFIG_TIME_NS) and Linux 6.2 or later, this is "
              + kernel.major()
              + "."
              + kernel.minor());
    }
  }

  /** Bytes of its own /dev/shm, as {@link io.jdocker.runtime.launch.ContainerPlan} has them. */
  static long ownSharedMemory(ContainerSpec spec) {
    NamespaceMode ipc = spec.namespaces().ipc();
    if (ipc instanceof NamespaceMode.Bare) {
      return -1;
    }
    return ipc.isNew() ? spec.resources().effectiveShmSize() : 0;
  }

  /**
   * Opens them.
   *
   * @param users what it has of its own, in which further namespaces are there already
   * @param afterLaunch gets the closing of what only the launch needs
   * @throws SystemFailure when a container that is to share its own does not run
   */
  Opened open(ContainerSpec spec, Optional<UserPlan> users, Undo afterLaunch) {
    NamespaceSpec asked = spec.namespaces();
    List<NamespacePlan.Joined> joined = new ArrayList<>();
    Optional<VolumeMount> memory = Optional.empty();
    if (asked.pid() instanceof NamespaceMode.Container other) {
      joined.add(join(running(other, "PID"), ProcessCalls.CLONE_NEWPID, "pid"));
    }
    if (asked.ipc() instanceof NamespaceMode.Container other) {
      Run donor = running(other, "IPC");
      requireShareable(other);
      joined.add(join(donor, ProcessCalls.CLONE_NEWIPC, "ipc"));
      String source = "/proc/" + donor.pid() + "/root" + SHARED_MEMORY;
      memory = Optional.of(memory(sharedMemoryOf(payload(donor)), source, afterLaunch));
    } else if (asked.ipc() instanceof NamespaceMode.Host) {
      memory = Optional.of(memory(hostsSharedMemory(), SHARED_MEMORY, afterLaunch));
    }
    long created = ProcessCalls.CLONE_NEWNS;
    created |= asked.pid().isNew() ? ProcessCalls.CLONE_NEWPID : 0;
    created |= asked.ipc().isNew() ? ProcessCalls.CLONE_NEWIPC : 0;
    created |= asked.uts().isNew() ? ProcessCalls.CLONE_NEWUTS : 0;
    long there = users.map(UserPlan::namespaces).orElse(0L);
    created &= ~there;
    boolean ownCgroup = asked.cgroup() instanceof NamespaceMode.Own;
    return new Opened(new NamespacePlan(created, joined, ownCgroup, asked.time(), users), memory);
  }

  private static NamespacePlan.Joined join(Run donor, long type, String kind) {
    String file = "/proc/" + donor.pid() + "/ns/" + kind;
    return new NamespacePlan.Joined(payload(donor), type, file);
  }

  private Run running(NamespaceMode.Container other, String kind) {
    String failed = "failed to join " + kind + " namespace: ";
    Container target =
        registry
            .find(other.reference())
            .orElseThrow(
                () -> new SystemFailure(failed + "No such container: " + other.reference()));
    return target
        .run()
        .filter(run -> run.payload().isPresent())
        .orElseThrow(
            () -> new SystemFailure(failed + "container " + target.id() + " is not running"));
  }

  private void requireShareable(NamespaceMode.Container other) {
    NamespaceMode mode = registry.get(other.reference()).record().spec().namespaces().ipc();
    if (mode instanceof NamespaceMode.Own || mode instanceof NamespaceMode.Bare) {
      throw new SystemFailure(
          "failed to join IPC namespace: container "
              + other.reference()
              + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
    }
  }

  private static Fd payload(Run run) {
    return run.payload().orElseThrow();
  }

  private Fd hostsSharedMemory() {
    return parts
        .kernel()
        .mounts()
        .openTree(FileCalls.AT_FDCWD, SHARED_MEMORY, MountCalls.OPEN_TREE_CLONE);
  }

  /** Opened inside, and through no link: what is called /dev/shm there is the container's say. */
  private Fd sharedMemoryOf(Fd process) {
    return new NamespaceThread(parts.kernel())
        .withinMounts(
            process,
            () -> {
              try (Fd folder =
                  parts
                      .kernel()
                      .files()
                      .open(
                          FileCalls.AT_FDCWD,
                          SHARED_MEMORY,
                          OpenFlags.O_PATH | OpenFlags.O_DIRECTORY,
                          0,
                          OpenFlags.RESOLVE_NO_SYMLINKS)) {
                return parts
                    .kernel()
                    .mounts()
                    .openTree(
                        folder.number(), "", MountCalls.OPEN_TREE_CLONE | FileCalls.AT_EMPTY_PATH);
              }
            });
  }

  private VolumeMount memory(Fd tree, String source, Undo afterLaunch) {
    afterLaunch.push("close " + SHARED_MEMORY, tree::close);
    parts.kernel().mounts().setPropagation(tree, MountCalls.MS_PRIVATE, false);
    return VolumeMount.Tree.of(tree, source, SHARED_MEMORY);
  }
}
