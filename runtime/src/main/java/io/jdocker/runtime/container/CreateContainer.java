package io.jdocker.runtime.container;

import io.jdocker.images.Image;
import io.jdocker.images.OverlayMount;
import io.jdocker.linux.durable.Undo;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.stdio.StdinMode;
import io.jdocker.runtime.stdio.StreamHub;
import java.util.Map;
import java.util.function.Consumer;

/** The verb create: everything is looked over, then named, then made. */
final class CreateContainer {
  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerStore store;
  private final SpecValidator validator;
  private final SharedNamespaces namespaces;
  private final ContainerEvents events;
  private final CollectMounts mounts;

  CreateContainer(
      EngineParts parts,
      ContainerRegistry registry,
      ContainerStore store,
      SpecValidator validator,
      SharedNamespaces namespaces,
      ContainerEvents events) {
    this.parts = parts;
    this.registry = registry;
    this.store = store;
    this.validator = validator;
    this.namespaces = namespaces;
    this.events = events;
    this.mounts = new CollectMounts(parts, registry, events);
  }

  /**
   * Creates.
   *
   * @param wantedName empty: the engine chooses
   * @param warn gets a warning for each wish that this kernel cannot meet
   */
  Container create(String wantedName, ContainerSpec request, Consumer<String> warn) {
    return create(parts.images().get(request.image()), wantedName, request, warn);
  }

  /** Creates on an image that need not be in the store, as its layers are. */
  Container create(Image image, String wantedName, ContainerSpec request, Consumer<String> warn) {
    validator.checkRequest(request);
    ContainerSpec merged =
        validator.validate(namespaces.named(MergedSpec.of(request, image.config())), warn);
    merged.mounts().forEach(BindSource::check);
    ContainerId id = registry.newId();
    String name = registry.reserveName(wantedName, id);
    try (Undo undo = new Undo()) {
      undo.push("free the name " + name, () -> registry.releaseName(name, id));
      ContainerSpec spec = mounts.complete(merged, undo);
      undo.push("delete the snapshot", () -> parts.images().snapshotter().remove(id.hex()));
      OverlayMount overlay = parts.images().snapshotter().prepare(id.hex(), image);
      mounts.seed(spec, overlay);
      ContainerRecord record =
          new ContainerRecord(
              id,
              name,
              parts.clock().instant(),
              image.id().toString(),
              spec,
              ContainerState.created(),
              0,
              false);
      undo.push("delete the record", () -> store.delete(id));
      store.add(record);
      Container container = new Container(record, hub(spec), store.layout().recording(id));
      registry.add(container);
      undo.commit();
      events.publish(container, "create", Map.of());
      return container;
    }
  }

  static StreamHub hub(ContainerSpec spec) {
    StdinMode mode =
        !spec.process().openStdin()
            ? StdinMode.NONE
            : spec.process().stdinOnce() ? StdinMode.CLOSE_WITH_CLIENT : StdinMode.KEEP_OPEN;
    return new StreamHub(mode, spec.process().terminal());
  }
}
