package io.jdocker.runtime.container;

import io.jdocker.images.Image;
import io.jdocker.images.OverlayMount;
import io.jdocker.linux.durable.Undo;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.stdio.StdinMode;
import io.jdocker.runtime.stdio.StreamHub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The verb create: everything is looked over, then named, then made. */
final class CreateContainer {
  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerStore store;
  private final SpecValidator validator;
  private final ContainerEvents events;
  private final VolumeSeed seed;

  CreateContainer(
      EngineParts parts,
      ContainerRegistry registry,
      ContainerStore store,
      SpecValidator validator,
      ContainerEvents events) {
    this.parts = parts;
    this.registry = registry;
    this.store = store;
    this.validator = validator;
    this.events = events;
    this.seed = new VolumeSeed(parts.kernel(), parts.root());
  }

  /**
   * Creates.
   *
   * @param wantedName empty: the engine chooses
   * @param warn gets a warning for each wish that this kernel cannot meet
   */
  Container create(String wantedName, ContainerSpec request, Consumer<String> warn) {
    Image image = parts.images().get(request.image());
    ContainerSpec merged = validator.validate(MergedSpec.of(request, image.config()), warn);
    merged.mounts().forEach(MountPlan::checkSource);
    ContainerId id = registry.newId();
    String name = registry.reserveName(wantedName, id);
    try (Undo undo = new Undo()) {
      undo.push("free the name " + name, () -> registry.releaseName(name, id));
      ContainerSpec spec = withVolumes(merged, undo);
      undo.push("delete the snapshot", () -> parts.images().snapshotter().remove(id.hex()));
      OverlayMount overlay = parts.images().snapshotter().prepare(id.hex(), image);
      seedVolumes(spec, overlay);
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

  /** Makes the volumes that do not exist yet, and gives anonymous ones their names. */
  private ContainerSpec withVolumes(ContainerSpec spec, Undo undo) {
    List<MountSpec> mounts = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    for (MountSpec mount : spec.mounts()) {
      targets.add(ContainerPath.clean(mount.target()));
      mounts.add(
          mount.kind() == MountSpec.Kind.VOLUME
              ? mount.withSource(volume(mount.source(), undo))
              : mount);
    }
    for (String target : spec.anonymousVolumes()) {
      if (targets.add(ContainerPath.clean(target))) {
        mounts.add(
            new MountSpec(MountSpec.Kind.VOLUME, volume("", undo), target, false, "", "", false));
      }
    }
    return spec.withMounts(mounts);
  }

  private void seedVolumes(ContainerSpec spec, OverlayMount overlay) {
    for (MountSpec mount : spec.mounts()) {
      if (mount.kind() == MountSpec.Kind.VOLUME && !mount.mode().contains("nocopy")) {
        seed.seed(
            overlay,
            ContainerPath.clean(mount.target()),
            parts.volumes().get(mount.source()).data());
      }
    }
  }

  private String volume(String name, Undo undo) {
    boolean existed = !name.isEmpty() && parts.volumes().find(name).isPresent();
    String actual = parts.volumes().create(name, Map.of()).name();
    if (!existed) {
      undo.push("delete volume " + actual, () -> parts.volumes().remove(actual, List.of()));
      events.volume("create", actual);
    }
    return actual;
  }
}
