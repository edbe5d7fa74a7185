package io.jdocker.runtime.spec;

/**
 * Which namespaces a container has for itself; mount and network namespaces are told by its mounts
 * and its {@link NetworkingSpec}.
 */
public record NamespaceSpec(
    NamespaceMode pid,
    NamespaceMode ipc,
    NamespaceMode uts,
    NamespaceMode cgroup,
    NamespaceMode user,
    TimeOffsets time) {
  /** All of its own, and the host's clocks and users. */
  public static NamespaceSpec standard() {
    NamespaceMode own = new NamespaceMode.Own();
    return new NamespaceSpec(own, own, own, new NamespaceMode.Unsaid(), own, TimeOffsets.none());
  }

  public NamespaceSpec withPid(NamespaceMode other) {
    return new NamespaceSpec(other, ipc, uts, cgroup, user, time);
  }

  public NamespaceSpec withIpc(NamespaceMode other) {
    return new NamespaceSpec(pid, other, uts, cgroup, user, time);
  }

  public NamespaceSpec withUts(NamespaceMode other) {
    return new NamespaceSpec(pid, ipc, other, cgroup, user, time);
  }

  public NamespaceSpec withCgroup(NamespaceMode other) {
    return new NamespaceSpec(pid, ipc, uts, other, user, time);
  }

  public NamespaceSpec withUser(NamespaceMode other) {
    return new NamespaceSpec(pid, ipc, uts, cgroup, other, time);
  }

  public NamespaceSpec withTime(TimeOffsets other) {
    return new NamespaceSpec(pid, ipc, uts, cgroup, user, other);
  }
}
