package io.jdocker.runtime.container;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Networks;
import io.jdocker.runtime.spec.NetworkingSpec;
import java.util.Map;

/**
 * The verb rename. Whoever is to reach the container by its name at a later start, by a link or by
 * sharing its network, refers to its id before the name goes: an engine that is killed in between
 * leaves nobody with a name that means nothing.
 */
final class RenameContainer {
  private final ContainerRegistry registry;
  private final ContainerStore store;
  private final Networks networks;
  private final ContainerEvents events;

  RenameContainer(
      ContainerRegistry registry, ContainerStore store, Networks networks, ContainerEvents events) {
    this.registry = registry;
    this.store = store;
    this.networks = networks;
    this.events = events;
  }

  /**
   * Renames.
   *
   * @throws InvalidArgument for what is no name, or its own
   * @throws Conflict when another container has it
   */
  void rename(Container container, String wanted) {
    if (wanted.isEmpty()) {
      throw new InvalidArgument("Neither old nor new names may be empty");
    }
    container.lock().lock();
    try (Undo undo = new Undo()) {
      String old = container.record().name();
      if (wanted.equals(old) || wanted.equals("/" + old)) {
        throw new InvalidArgument("Renaming a container with the same name as its current name");
      }
      String name = reserve(wanted, container.id());
      undo.push("free the name " + name, () -> registry.releaseName(name, container.id()));
      registry.all().stream()
          .filter(other -> other != container)
          .forEach(other -> referById(other, old, container.id()));
      ContainerRecord renamed = container.record().withName(name);
      store.save(renamed);
      container.replace(renamed);
      undo.commit();
      registry.releaseName(old, container.id());
      networks.rename(container.id().hex(), name);
      events.publish(container, "rename", Map.of("oldName", "/" + old));
    } finally {
      container.lock().unlock();
    }
  }

  private String reserve(String wanted, ContainerId id) {
    String what = "Error when allocating new name: ";
    try {
      return registry.reserveName(wanted, id);
    } catch (Conflict e) {
      throw new Conflict(what + e.getMessage(), e);
    } catch (InvalidArgument e) {
      throw new InvalidArgument(what + e.getMessage(), e);
    }
  }

  private void referById(Container other, String name, ContainerId id) {
    NetworkingSpec before = other.record().spec().networking();
    NetworkingSpec after = byId(before, name, id);
    if (!after.equals(before)) {
      other.lock().lock();
      try {
        ContainerRecord record =
            other
                .record()
                .withSpec(
                    other
                        .record()
                        .spec()
                        .withNetworking(byId(other.record().spec().networking(), name, id)));
        store.save(record);
        other.replace(record);
      } finally {
        other.lock().unlock();
      }
    }
  }

  private static NetworkingSpec byId(NetworkingSpec spec, String name, ContainerId id) {
    NetworkingSpec linked =
        spec.withLinks(spec.links().stream().map(link -> byId(link, name, id)).toList());
    boolean shares =
        NetworkMode.parse(spec.mode()) instanceof NetworkMode.Container joined
            && joined.containerId().equals(name);
    return shares ? linked.withMode("container:" + id) : linked;
  }

  /** A link without an alias is known by the target's name, which stays its alias. */
  private static String byId(String link, String name, ContainerId id) {
    String[] parts = link.split(":", 2);
    String target = parts[0].startsWith("/") ? parts[0].substring(1) : parts[0];
    return target.equals(name) ? id + ":" + (parts.length == 2 ? parts[1] : name) : link;
  }
}
