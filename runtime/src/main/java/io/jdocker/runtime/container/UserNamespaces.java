package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.launch.CloneFlags;
import io.jdocker.linux.launch.NamespaceHolder;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.network.NetworkMode;
import io.jdocker.runtime.launch.UserPlan;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceSpec;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Makes the user namespace of a container, and those that belong to it, ahead of its first process:
 * its network is set up before there is one. Thread-safe.
 */
final class UserNamespaces {
  private final EngineParts parts;
  private final NamespaceDonors donors;

  UserNamespaces(EngineParts parts, ContainerRegistry registry) {
    this.parts = parts;
    this.donors = new NamespaceDonors(registry);
  }

  /**
   * Makes it.
   *
   * @param afterLaunch gets the closing of what only the launch needs
   * @return empty where the container has the host's
   */
  Optional<OpenUsers> open(ContainerSpec spec, Undo afterLaunch, Trace trace) {
    IdMapping ids = spec.namespaces().ids();
    if (ids.isNone()) {
      return Optional.empty();
    }
    long network = ownsNetwork(spec) ? ProcessCalls.CLONE_NEWNET : 0;
    long joined = joined(spec.namespaces());
    NamespaceHolder holder = hold(spec, ids, network | joined, trace);
    afterLaunch.push("let go of the user namespace", holder::close);
    Fd namespace = keep(holder.open("user"), afterLaunch);
    String folder = "/proc/" + holder.pid();
    UserPlan plan =
        new UserPlan(
            holder.process(), folder, joined, ids, Optional.of(layers(namespace, afterLaunch)));
    return Optional.of(
        new OpenUsers(
            plan,
            namespace,
            network == 0 ? Optional.empty() : Optional.of(keep(holder.open("net"), afterLaunch))));
  }

  /** Namespaces with state of their own that belong to the user namespace from the start. */
  private static long joined(NamespaceSpec asked) {
    return (asked.uts().isNew() ? ProcessCalls.CLONE_NEWUTS : 0)
        | (asked.ipc().isNew() ? ProcessCalls.CLONE_NEWIPC : 0);
  }

  private static boolean ownsNetwork(ContainerSpec spec) {
    NetworkMode mode = NetworkMode.parse(spec.networking().mode());
    return !(mode instanceof NetworkMode.Host)
        && !(mode instanceof NetworkMode.Container)
        && !(mode instanceof NetworkMode.NamespacePath);
  }

  private NamespaceHolder hold(ContainerSpec spec, IdMapping ids, long further, Trace trace) {
    long start = System.nanoTime();
    Optional<Container> donor = donors.of(spec);
    if (donor.isPresent()) {
      // To share one of the others, two containers must share this one.
      return parts.launcher().holdIn(payload(donor.get()), further);
    }
    NamespaceHolder holder = create(ids, further);
    trace.record(
        Stage.LAUNCH,
        "make its user namespace, and others that belong to it",
        () -> "clone(" + CloneFlags.shown(further | ProcessCalls.CLONE_NEWUSER) + ")",
        Integer.toString(holder.pid()),
        start,
        () ->
            "unshare " + CloneFlags.options(further | ProcessCalls.CLONE_NEWUSER) + " sleep inf &");
    map(trace, "users", holder.pid() + "/uid_map", ids.userLines());
    map(trace, "groups", holder.pid() + "/gid_map", ids.groupLines());
    return holder;
  }

  private static void map(Trace trace, String kind, String file, String lines) {
    String shown = lines.strip().replace("\n", ", ");
    trace.record(
        Stage.LAUNCH,
        "say who its " + kind + " are on the host",
        () -> "write(/proc/" + file + ", \"" + shown + "\")",
        Integer.toString(lines.length()),
        0,
        () -> "printf '" + lines.replace("\n", "\\n") + "' > /proc/" + file);
  }

  private NamespaceHolder create(IdMapping ids, long further) {
    try {
      return parts.launcher().hold(ids, further);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOSPC) || e.is(Errno.EUSERS)) {
        throw new SystemFailure(
            "cannot make a user namespace: there are as many as user.max_user_namespaces allows",
            e);
      }
      throw e.is(Errno.EINVAL) || e.is(Errno.ENOSYS)
          ? new Unsupported("the kernel has no user namespaces (CONFIG_USER_NS)", e)
          : e;
    }
  }

  private static Fd payload(Container donor) {
    return donor
        .run()
        .flatMap(Run::payload)
        .orElseThrow(
            () ->
                new SystemFailure(
                    "failed to join user namespace: container " + donor.id() + " is not running"));
  }

  /** The engine's folder, whose files belong to whom the namespace says. */
  private Fd layers(Fd namespace, Undo afterLaunch) {
    Fd tree =
        parts
            .kernel()
            .mounts()
            .openTree(FileCalls.AT_FDCWD, parts.root().toString(), MountCalls.OPEN_TREE_CLONE);
    keep(tree, afterLaunch);
    try {
      parts.kernel().mounts().mapIds(tree, namespace);
    } catch (SyscallException e) {
      throw e.is(Errno.EINVAL)
          ? new Unsupported(
              "the kernel cannot map the ids of "
                  + parts.root()
                  + ": user namespaces need Linux 5.19 and a root folder on a file system with"
                  + " idmapped mounts, as ext4, XFS or Btrfs (mount_setattr(2))",
              e)
          : e;
    }
    return tree;
  }

  private static Fd keep(Fd fd, Undo afterLaunch) {
    afterLaunch.push("close " + fd, fd::close);
    return fd;
  }
}
