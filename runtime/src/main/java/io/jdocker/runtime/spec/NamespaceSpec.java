package io.jdocker.runtime.spec;

import io.jdocker.linux.user.IdMapping;

/**
 * Which namespaces a container has for itself; mount and network namespaces are told by its mounts
 * and its {@link NetworkingSpec}.
 *
 * @param ids who its users are on the host: in a request what was asked for, in a container's
 *     record what it was given; none where it has the host's user namespace
 */
public record NamespaceSpec(
    NamespaceMode pid,
    NamespaceMode ipc,
    NamespaceMode uts,
    NamespaceMode cgroup,
    NamespaceMode user,
    TimeOffsets time,
    IdMapping ids) {
  public NamespaceSpec {
    // Records of engines that had no user namespaces do not have it.
    ids = ids == null ? IdMapping.none() : ids;
  }

  /** Everybody is who they are on the host, until the engine knows better. */
  public NamespaceSpec(
      NamespaceMode pid,
      NamespaceMode ipc,
      NamespaceMode uts,
      NamespaceMode cgroup,
      NamespaceMode user,
      TimeOffsets time) {
    this(pid, ipc, uts, cgroup, user, time, IdMapping.none());
  }

  /** All of its own, and the host's clocks and users. */
  public static NamespaceSpec standard() {
    NamespaceMode own = new NamespaceMode.Own();
    return new NamespaceSpec(own, own, own, new NamespaceMode.Unsaid(), own, TimeOffsets.none());
  }

  public NamespaceSpec withPid(NamespaceMode other) {
    return new NamespaceSpec(other, ipc, uts, cgroup, user, time, ids);
  }

  public NamespaceSpec withIpc(NamespaceMode other) {
    return new NamespaceSpec(pid, other, uts, cgroup, user, time, ids);
  }

  public NamespaceSpec withUts(NamespaceMode other) {
    return new NamespaceSpec(pid, ipc, other, cgroup, user, time, ids);
  }

  public NamespaceSpec withCgroup(NamespaceMode other) {
    return new NamespaceSpec(pid, ipc, uts, other, user, time, ids);
  }

  public NamespaceSpec withUser(NamespaceMode other) {
    return new NamespaceSpec(pid, ipc, uts, cgroup, other, time, ids);
  }

  public NamespaceSpec withTime(TimeOffsets other) {
    return new NamespaceSpec(pid, ipc, uts, cgroup, user, other, ids);
  }

  /** With users and groups of its own. */
  public NamespaceSpec withIds(IdMapping other) {
    return new NamespaceSpec(pid, ipc, uts, cgroup, user, time, other);
  }
}
