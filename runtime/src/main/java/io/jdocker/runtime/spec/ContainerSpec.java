package io.jdocker.runtime.spec;

import java.util.List;
import java.util.Map;

/**
 * A container as it was asked for, with what its image adds.
 *
 * @param image as the user wrote it
 * @param hostname empty: the short id, or the host's where it shares the UTS namespace
 * @param exposedPorts as {@code 80/tcp}
 * @param annotations kept and shown, of no effect here
 * @param anonymousVolumes container paths that get a volume of their own where nothing is mounted
 * @param volumesFrom containers whose mounts it gets, too: {@code name[:ro|rw]}
 */
public record ContainerSpec(
    String image,
    ProcessSpec process,
    String hostname,
    String domainname,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> exposedPorts,
    List<String> anonymousVolumes,
    LifecycleSpec lifecycle,
    ResourceSpec resources,
    SecuritySpec security,
    List<MountSpec> mounts,
    NetworkingSpec networking,
    NamespaceSpec namespaces,
    LogSpec log,
    List<String> volumesFrom) {
  public ContainerSpec {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    exposedPorts = List.copyOf(exposedPorts);
    anonymousVolumes = List.copyOf(anonymousVolumes);
    mounts = List.copyOf(mounts);
    volumesFrom = List.copyOf(volumesFrom);
  }

  public ContainerSpec withMounts(List<MountSpec> others) {
    return new ContainerSpec(
        image,
        process,
        hostname,
        domainname,
        labels,
        annotations,
        exposedPorts,
        anonymousVolumes,
        lifecycle,
        resources,
        security,
        others,
        networking,
        namespaces,
        log,
        volumesFrom);
  }

  public ContainerSpec withLifecycle(LifecycleSpec other) {
    return new ContainerSpec(
        image,
        process,
        hostname,
        domainname,
        labels,
        annotations,
        exposedPorts,
        anonymousVolumes,
        other,
        resources,
        security,
        mounts,
        networking,
        namespaces,
        log,
        volumesFrom);
  }

  public ContainerSpec withResources(ResourceSpec others) {
    return new ContainerSpec(
        image,
        process,
        hostname,
        domainname,
        labels,
        annotations,
        exposedPorts,
        anonymousVolumes,
        lifecycle,
        others,
        security,
        mounts,
        networking,
        namespaces,
        log,
        volumesFrom);
  }

  public ContainerSpec withNetworking(NetworkingSpec other) {
    return new ContainerSpec(
        image,
        process,
        hostname,
        domainname,
        labels,
        annotations,
        exposedPorts,
        anonymousVolumes,
        lifecycle,
        resources,
        security,
        mounts,
        other,
        namespaces,
        log,
        volumesFrom);
  }

  public ContainerSpec withNamespaces(NamespaceSpec other) {
    return new ContainerSpec(
        image,
        process,
        hostname,
        domainname,
        labels,
        annotations,
        exposedPorts,
        anonymousVolumes,
        lifecycle,
        resources,
        security,
        mounts,
        networking,
        other,
        log,
        volumesFrom);
  }
}
