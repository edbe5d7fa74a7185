package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.images.Image;
import io.jdocker.images.ImageAssembly;
import io.jdocker.images.ImageConfig.HistoryEntry;
import io.jdocker.images.ImageDraft;
import io.jdocker.images.change.Changes;
import io.jdocker.images.dockerfile.ConfigChanges;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.spec.ContainerSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The verb commit: what a container has changed becomes a layer, and it an image. */
final class CommitContainer {
  private final EngineParts parts;
  private final ContainerRoots roots;
  private final ContainerEvents events;

  CommitContainer(EngineParts parts, ContainerRoots roots, ContainerEvents events) {
    this.parts = parts;
    this.roots = roots;
    this.events = events;
  }

  Image commit(Container container, CommitRequest request) {
    ConfigChanges changes = ConfigChanges.parse(request.changes());
    container.lock().lock();
    try (ImageAssembly assembly = parts.images().assemble()) {
      Optional<Cgroup> frozen = request.pause() ? freeze(container) : Optional.empty();
      try {
        Image made = commit(container, request, changes, assembly);
        publish(container, request, made);
        return made;
      } finally {
        frozen.ifPresent(cgroup -> thaw(container, cgroup));
      }
    } catch (IOException e) {
      throw new SystemFailure(
          "cannot read the files of container " + container.id() + ": " + e.getMessage(), e);
    } finally {
      container.lock().unlock();
    }
  }

  private Image commit(
      Container container, CommitRequest request, ConfigChanges changes, ImageAssembly assembly)
      throws IOException {
    ContainerSpec spec = container.record().spec();
    ImageDraft draft = assembly.draft(parts.images().get(container.record().imageId()));
    SpecConfig.write(spec, draft.runConfig());
    request.settings().write(draft.runConfig());
    changes.apply(draft.runConfig());
    Changes files =
        new Changes(
            parts.kernel(), roots.overlay(container), ContainerRoots.mountPoints(container));
    draft.addLayer(assembly.addLayer(draft.top(), files::writeLayer));
    Instant now = parts.clock().instant();
    draft.setCreated(now);
    draft.setAuthor(request.author());
    draft.setComment(request.comment());
    draft.addHistory(
        new HistoryEntry(
            Optional.of(now),
            String.join(" ", spec.process().command().orElse(List.of())),
            request.author(),
            request.comment(),
            false));
    return assembly.add(draft, request.name().stream().toList());
  }

  /** Empty where nothing runs, or somebody else has paused it already. */
  private Optional<Cgroup> freeze(Container container) {
    Optional<Cgroup> cgroup = container.run().map(Run::cgroup).filter(c -> !c.isFrozen());
    cgroup.ifPresent(
        c -> {
          c.freeze();
          events.publish(container, "pause", Map.of());
        });
    return cgroup;
  }

  private void thaw(Container container, Cgroup cgroup) {
    cgroup.thaw();
    events.publish(container, "unpause", Map.of());
  }

  private void publish(Container container, CommitRequest request, Image made) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("comment", request.comment());
    attributes.put("imageID", made.id().toString());
    attributes.put(
        "imageRef", request.name().map(name -> name.withDefaultTag().toString()).orElse(""));
    events.publish(container, "commit", attributes);
  }
}
