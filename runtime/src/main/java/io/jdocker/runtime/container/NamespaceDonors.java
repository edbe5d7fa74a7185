package io.jdocker.runtime.container;

import io.jdocker.network.NetworkMode;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the container whose namespaces another is to share. */
final class NamespaceDonors {
  private final ContainerRegistry registry;

  NamespaceDonors(ContainerRegistry registry) {
    this.registry = registry;
  }

  /** The first of those it shares network, pids or IPC with. */
  Optional<Container> of(ContainerSpec spec) {
    Optional<String> network =
        NetworkMode.parse(spec.networking().mode()) instanceof NetworkMode.Container other
            ? Optional.of(other.containerId())
            : Optional.empty();
    return Stream.of(
            network.stream(),
            named(spec.namespaces().pid()).stream(),
            named(spec.namespaces().ipc()).stream())
        .flatMap(names -> names)
        .findFirst()
        .flatMap(registry::find);
  }

  private static Optional<String> named(NamespaceMode mode) {
    return mode instanceof NamespaceMode.Container other
        ? Optional.of(other.reference())
        : Optional.empty();
  }
}
