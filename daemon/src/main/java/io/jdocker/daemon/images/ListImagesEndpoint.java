package io.jdocker.daemon.images;

import io.jdocker.daemon.http.ApiVersion;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.Image;
import io.jdocker.images.ImageStore;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /images/json?all=1&filters=}: the newest first. */
public final class ListImagesEndpoint implements Handler {
  private static final long NOT_MEASURED = -1;
  private static final List<String> NAMELESS = List.of("<none>:<none>");

  private final Supplier<Engine> engine;

  ListImagesEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** A line of {@code docker images}. */
  public record Item(
      String id,
      String parentId,
      List<String> repoTags,
      List<String> repoDigests,
      long created,
      long size,
      long sharedSize,
      @OmitEmpty long virtualSize,
      Map<String, String> labels,
      long containers) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    ImageStore images = engine.get().images();
    ImageFilter filter = ImageFilter.of(exchange.query(), images);
    ApiVersion version = exchange.version();
    boolean measured = exchange.query().flag("shared-size");
    exchange.json(
        200,
        images.list().stream()
            .filter(filter)
            .map(
                image ->
                    item(
                        image,
                        version,
                        containers(image, version),
                        measured ? images.sharedSize(image) : NOT_MEASURED))
            .toList());
  }

  /** Counted since 1.51. */
  private long containers(Image image, ApiVersion version) {
    return version.isAtLeast(1, 51)
        ? engine.get().containers().list().stream()
            .filter(c -> c.record().imageId().equals(image.id().toString()))
            .count()
        : -1;
  }

  /** One line. */
  public static Item item(Image image, ApiVersion version, long containers, long sharedSize) {
    boolean old = !version.isAtLeast(1, 43) && image.dangling();
    return new Item(
        image.id().toString(),
        "",
        old ? NAMELESS : image.repoTags(),
        old ? List.of("<none>@<none>") : image.repoDigests(),
        image.created().getEpochSecond(),
        image.size(),
        sharedSize,
        version.isAtLeast(1, 44) ? 0 : image.size(),
        image.config().labels(),
        containers);
  }
}
