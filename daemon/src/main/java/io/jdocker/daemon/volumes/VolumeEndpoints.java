package io.jdocker.daemon.volumes;

import com.google.gson.JsonElement;
import io.jdocker.daemon.containers.ContainerSize;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.NameFilter;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The verbs on volumes. */
final class VolumeEndpoints {
  private final Supplier<Engine> engine;

  VolumeEndpoints(Supplier<Engine> engine) {
    this.engine = engine;
  }

  record Create(
      String name,
      String driver,
      Map<String, String> driverOpts,
      Map<String, String> labels,
      Optional<JsonElement> clusterVolumeSpec) {}

  record Volumes(List<VolumeDocument> volumes, Optional<List<String>> warnings) {}

  record Pruned(Optional<List<String>> volumesDeleted, long spaceReclaimed) {}

  void list(Exchange exchange) throws IOException {
    Filters filters = Filters.of(exchange.query(), Set.of("dangling", "driver", "label", "name"));
    Optional<Boolean> dangling = filters.flag("dangling");
    NameFilter names = NameFilter.of(filters);
    Predicate<Volume> chosen =
        volume ->
            (!filters.has("driver") || filters.get("driver").contains("local"))
                && names.matches(volume.name())
                && LabelFilter.matches(filters.get("label"), volume.labels())
                && dangling.map(wanted -> wanted == users(volume).isEmpty()).orElse(true);
    List<VolumeDocument> found =
        engine.get().volumes().list().stream().filter(chosen).map(VolumeDocument::of).toList();
    exchange.json(200, new Volumes(found, Optional.empty()));
  }

  private List<String> users(Volume volume) {
    return engine.get().containers().usersOfVolume(volume.name());
  }

  void inspect(Exchange exchange) throws IOException {
    exchange.json(200, VolumeDocument.of(engine.get().volumes().get(exchange.parameter())));
  }

  void create(Exchange exchange) throws IOException {
    Create sent = exchange.bodyOrDefaults(Create.class);
    if (!Set.of("", "local").contains(sent.driver())) {
      throw new NotFound(
          "create "
              + sent.name()
              + ": error looking up volume plugin "
              + sent.driver()
              + ": plugin \""
              + sent.driver()
              + "\" not found");
    }
    if (sent.clusterVolumeSpec().isPresent()) {
      throw new Unsupported("cluster volumes are not supported by this version of jdocker");
    }
    boolean existed =
        !sent.name().isEmpty() && engine.get().volumes().find(sent.name()).isPresent();
    Volume volume = engine.get().volumes().create(sent.name(), sent.labels(), sent.driverOpts());
    if (!existed) {
      publish("create", volume.name());
    }
    exchange.json(201, VolumeDocument.of(volume));
  }

  void remove(Exchange exchange) throws IOException {
    String name = exchange.parameter();
    Optional<Volume> volume = engine.get().volumes().find(name);
    // --force is about drivers that do not answer; it also forgives a volume that is not there.
    if (volume.isPresent() || !exchange.query().flag("force")) {
      engine.get().volumes().remove(name, engine.get().containers().usersOfVolume(name));
      publish("destroy", name);
    }
    exchange.empty(204);
  }

  /** Until 1.41 every unused volume, since 1.42 only anonymous ones unless told otherwise. */
  void prune(Exchange exchange) throws IOException {
    Filters filters = Filters.of(exchange.query(), Set.of("all", "label", "label!"));
    boolean named = filters.flag("all").orElse(false) || !exchange.version().isAtLeast(1, 42);
    List<String> deleted = new ArrayList<>();
    long space = 0;
    for (Volume volume : engine.get().volumes().list()) {
      if ((named || volume.anonymous())
          && users(volume).isEmpty()
          && LabelFilter.matches(filters, volume.labels())) {
        long size = ContainerSize.measure(volume.data());
        if (removeUnused(volume)) {
          deleted.add(volume.name());
          space += size;
        }
      }
    }
    exchange.json(
        200, new Pruned(deleted.isEmpty() ? Optional.empty() : Optional.of(deleted), space));
  }

  /** False when somebody else has removed it, or uses it by now. */
  private boolean removeUnused(Volume volume) {
    try {
      engine.get().volumes().remove(volume.name(), users(volume));
      publish("destroy", volume.name());
      return true;
    } catch (NotFound | Conflict e) {
      return false;
    }
  }

  private void publish(String action, String name) {
    engine.get().events().publish(Event.Type.VOLUME, action, name, Map.of("driver", "local"));
  }
}
