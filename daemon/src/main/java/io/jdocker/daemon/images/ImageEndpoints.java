package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.RemovedItem;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** History, tag and remove. */
final class ImageEndpoints {
  private final Supplier<Engine> engine;

  ImageEndpoints(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** A step of an image's history. */
  record Step(
      String id,
      long created,
      String createdBy,
      Optional<List<String>> tags,
      long size,
      String comment) {}

  /** A name that is gone, or an image or layer. */
  record Removed(@OmitEmpty String untagged, @OmitEmpty String deleted) {
    static Removed of(RemovedItem item) {
      return item instanceof RemovedItem.Untagged name
          ? new Removed(name.reference(), "")
          : new Removed("", ((RemovedItem.Deleted) item).digest().toString());
    }
  }

  void history(Exchange exchange) throws IOException {
    exchange.json(
        200,
        engine.get().images().history(exchange.parameter()).stream()
            .map(
                item ->
                    new Step(
                        item.id(),
                        item.created().getEpochSecond(),
                        item.createdBy(),
                        item.tags().isEmpty() ? Optional.empty() : Optional.of(item.tags()),
                        item.size(),
                        item.comment()))
            .toList());
  }

  void tag(Exchange exchange) throws IOException {
    Query query = exchange.query();
    String repository =
        query.text("repo").orElseThrow(() -> new InvalidArgument("the parameter repo is missing"));
    ImageReference name = ImageReference.parse(repository);
    name = query.text("tag").map(name::withTag).orElse(name);
    Image image = engine.get().images().get(exchange.parameter());
    engine.get().images().tag(exchange.parameter(), name);
    publish("tag", image.id().toString(), name.withDefaultTag().familiar());
    exchange.empty(201);
  }

  void remove(Exchange exchange) throws IOException {
    String id = engine.get().images().get(exchange.parameter()).id().toString();
    List<RemovedItem> items =
        engine
            .get()
            .images()
            .remove(
                exchange.parameter(), exchange.query().flag("force"), ImageUses.of(engine.get()));
    for (RemovedItem item : items) {
      publish(item instanceof RemovedItem.Untagged ? "untag" : "delete", id, id);
    }
    exchange.json(200, items.stream().map(Removed::of).toList());
  }

  private void publish(String action, String id, String name) {
    engine.get().events().publish(Event.Type.IMAGE, action, id, Map.of("name", name));
  }
}
