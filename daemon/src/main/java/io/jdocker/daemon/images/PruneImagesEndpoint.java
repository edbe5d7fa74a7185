package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.Until;
import io.jdocker.images.Image;
import io.jdocker.images.ImageUse;
import io.jdocker.images.PruneReport;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * {@code POST /images/prune?filters=}: images without a name, or with dangling=false all unused.
 */
final class PruneImagesEndpoint implements Handler {
  private final Supplier<Engine> engine;

  PruneImagesEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The answer; the list is null when nothing was removed. */
  record Pruned(Optional<List<ImageEndpoints.Removed>> imagesDeleted, long spaceReclaimed) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    Filters filters = Filters.of(exchange.query(), Set.of("dangling", "label", "label!", "until"));
    Optional<Instant> until = Until.of(filters, Clock.systemUTC());
    Predicate<Image> chosen =
        image ->
            LabelFilter.matches(filters, image.config().labels())
                && until.map(time -> image.created().isBefore(time)).orElse(true);
    List<ImageUse> uses = ImageUses.of(engine.get());
    PruneReport report =
        filters.flag("dangling").orElse(true)
            ? engine.get().images().pruneDangling(uses, chosen)
            : engine.get().images().pruneUnused(uses, chosen);
    // A filter chooses among images; what is left of a cut pull is none.
    boolean chooses = Set.of("label", "label!", "until").stream().anyMatch(filters::has);
    long cut = chooses ? 0 : engine.get().registries().prune();
    exchange.json(
        200,
        new Pruned(
            report.removed().isEmpty()
                ? Optional.empty()
                : Optional.of(report.removed().stream().map(ImageEndpoints.Removed::of).toList()),
            report.spaceReclaimed() + cut));
  }
}
