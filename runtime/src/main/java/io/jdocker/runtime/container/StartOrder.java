package io.jdocker.runtime.container;

import io.jdocker.network.NetworkMode;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which of several containers is started first: the one that another joins or links to. */
final class StartOrder {
  private final ContainerRegistry registry;

  StartOrder(ContainerRegistry registry) {
    this.registry = registry;
  }

  /** Those containers, each behind those of them that it needs. */
  List<Container> of(Collection<Container> wanted) {
    Set<Container> ordered = new LinkedHashSet<>();
    for (Container container : wanted) {
      add(container, Set.copyOf(wanted), new LinkedHashSet<>(), ordered);
    }
    return new ArrayList<>(ordered);
  }

  /**
   * @param above those that need this one: two that need each other are started as they come
   */
  private void add(
      Container container, Set<Container> wanted, Set<Container> above, Set<Container> ordered) {
    if (!wanted.contains(container) || !above.add(container)) {
      return;
    }
    for (String needed : needs(container)) {
      Optional<Container> found = registry.find(needed);
      found.ifPresent(other -> add(other, wanted, above, ordered));
    }
    ordered.add(container);
  }

  private static List<String> needs(Container container) {
    NamespaceSpec namespaces = container.record().spec().namespaces();
    NetworkingSpec networking = container.record().spec().networking();
    List<String> names = new ArrayList<>();
    if (NetworkMode.parse(networking.mode()) instanceof NetworkMode.Container joined) {
      names.add(joined.containerId());
    }
    for (NamespaceMode mode : List.of(namespaces.pid(), namespaces.ipc())) {
      if (mode instanceof NamespaceMode.Container joined) {
        names.add(joined.reference());
      }
    }
    networking.links().forEach(link -> names.add(link.split(":", 2)[0]));
    return names;
  }
}
