package io.jdocker.daemon.system;

import io.jdocker.daemon.containers.ListContainersEndpoint;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.images.ListImagesEndpoint;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.daemon.volumes.VolumeDocument;
import io.jdocker.images.BuildCache;
import io.jdocker.images.Image;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code GET /system/df?type=}: disk use, measured at each call. */
final class DiskUsageEndpoint implements Handler {
  private static final Set<String> TYPES = Set.of("container", "image", "volume", "build-cache");

  private final Supplier<Engine> engine;

  DiskUsageEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  record DiskUsage(
      @OmitEmpty long layersSize,
      Optional<List<ListImagesEndpoint.Item>> images,
      Optional<List<ListContainersEndpoint.Item>> containers,
      Optional<List<VolumeDocument>> volumes,
      Optional<List<CacheItem>> buildCache,
      @OmitEmpty Optional<Long> builderSize) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    List<String> types =
        exchange.version().isAtLeast(1, 42) ? exchange.query().all("type") : List.of();
    for (String type : types) {
      if (!TYPES.contains(type)) {
        throw new InvalidArgument("unknown object type: " + type);
      }
    }
    Engine from = engine.get();
    exchange.json(
        200,
        new DiskUsage(
            from.images().layersSize(),
            when(types, "image", () -> images(from, exchange)),
            when(
                types,
                "container",
                () ->
                    from.containers().list().stream()
                        .map(c -> ListContainersEndpoint.item(from, c, true))
                        .toList()),
            when(
                types,
                "volume",
                () ->
                    from.volumes().list().stream()
                        .map(v -> VolumeDocument.measured(from, v))
                        .toList()),
            when(types, "build-cache", () -> cache(from)),
            // Removed in 1.42, where the list of the cache has the sizes.
            exchange.version().isAtLeast(1, 42)
                ? Optional.empty()
                : Optional.of(builderSize(from))));
  }

  private static List<ListImagesEndpoint.Item> images(Engine from, Exchange exchange) {
    return from.images().list().stream()
        .map(
            image ->
                ListImagesEndpoint.item(
                    image, exchange.version(), users(from, image), from.images().sharedSize(image)))
        .toList();
  }

  /** A step of a build. */
  record CacheItem(
      @Key("ID") String id,
      String type,
      String description,
      boolean inUse,
      boolean shared,
      long size,
      Instant createdAt,
      Optional<Instant> lastUsedAt,
      int usageCount) {}

  private static List<CacheItem> cache(Engine from) {
    BuildCache cache = from.images().cache();
    return cache.steps().stream()
        .map(
            step ->
                new CacheItem(
                    step.key().hex(),
                    "regular",
                    step.instruction(),
                    false,
                    cache.isShared(step),
                    cache.size(step),
                    step.created(),
                    Optional.empty(),
                    0))
        .toList();
  }

  private static long builderSize(Engine from) {
    return cache(from).stream().filter(item -> !item.shared()).mapToLong(CacheItem::size).sum();
  }

  private static long users(Engine from, Image image) {
    return from.containers().list().stream()
        .filter(c -> c.record().imageId().equals(image.id().toString()))
        .count();
  }

  private static <T> Optional<List<T>> when(
      List<String> types, String type, Supplier<List<T>> list) {
    return types.isEmpty() || types.contains(type) ? Optional.of(list.get()) : Optional.empty();
  }
}
