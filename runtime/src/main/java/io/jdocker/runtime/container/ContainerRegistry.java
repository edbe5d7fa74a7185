package io.jdocker.runtime.container;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The engine's containers by id and by name. Thread-safe. */
final class ContainerRegistry {
  private final ConcurrentSkipListMap<String, Container> byId = new ConcurrentSkipListMap<>();
  private final Map<String, ContainerId> byName = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  ContainerId newId() {
    return ContainerId.random(random);
  }

  /**
   * Takes a name, the given one or, where that is empty, one of the engine's choice.
   *
   * @throws Conflict when another container has it
   */
  String reserveName(String wanted, ContainerId id) {
    if (wanted.isEmpty()) {
      String chosen = ContainerName.random(random);
      for (int round = 0; byName.putIfAbsent(chosen, id) != null; round++) {
        chosen = ContainerName.random(random) + random.nextInt(10 * (round + 1));
      }
      return chosen;
    }
    String name = ContainerName.parse(wanted);
    ContainerId owner = byName.putIfAbsent(name, id);
    if (owner != null) {
      throw new Conflict(
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + owner
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
    return name;
  }

  void releaseName(String name, ContainerId id) {
    byName.remove(name, id);
  }

  void add(Container container) {
    byId.put(container.id().hex(), container);
  }

  void remove(Container container) {
    byId.remove(container.id().hex());
    releaseName(container.record().name(), container.id());
  }

  Collection<Container> all() {
    return List.copyOf(byId.values());
  }

  /**
   * Finds by full id, name (with or without a leading slash) or unique prefix of an id, in this
   * order.
   */
  Optional<Container> find(String reference) {
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    Container exact = byId.get(reference);
    if (exact != null) {
      return Optional.of(exact);
    }
    ContainerId named = byName.get(reference.startsWith("/") ? reference.substring(1) : reference);
    if (named != null) {
      return Optional.ofNullable(byId.get(named.hex()));
    }
    return findByPrefix(reference);
  }

  private Optional<Container> findByPrefix(String prefix) {
    Map.Entry<String, Container> first = byId.ceilingEntry(prefix);
    if (first == null || !first.getKey().startsWith(prefix)) {
      return Optional.empty();
    }
    String next = byId.higherKey(first.getKey());
    if (next != null && next.startsWith(prefix)) {
      throw new InvalidArgument("Multiple IDs found with provided prefix: " + prefix);
    }
    return Optional.of(first.getValue());
  }

  /**
   * As {@link #find}.
   *
   * @throws NotFound when there is none
   */
  Container get(String reference) {
    return find(reference).orElseThrow(() -> new NotFound("No such container: " + reference));
  }
}
