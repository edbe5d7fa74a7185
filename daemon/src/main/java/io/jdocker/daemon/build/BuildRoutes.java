package io.jdocker.daemon.build;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.http.Router;
import io.jdocker.daemon.http.Until;
import io.jdocker.images.BuildCache;
import io.jdocker.images.BuildCachePrune;
import io.jdocker.images.Digest;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The endpoints for builds. */
public final class BuildRoutes {
  private final Supplier<Engine> engine;

  public BuildRoutes(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** Adds them. */
  public void addTo(Router router) {
    router
        .add("POST", "/build", new BuildEndpoint(engine))
        .add("POST", "/build/prune", this::prune);
  }

  /** What a prune gave back. */
  record Pruned(List<String> cachesDeleted, long spaceReclaimed) {}

  /** Without {@code all}: steps whose layers no image has. */
  private void prune(Exchange exchange) throws IOException {
    Query query = exchange.query();
    Filters filters = Filters.of(query, Set.of("until", "unused-for", "id"));
    Optional<Instant> until = Until.of(filters, Clock.systemUTC());
    List<String> ids = filters.get("id");
    long keep = keep(query);
    boolean all = query.flag("all");
    BuildCache cache = engine.get().images().cache();
    boolean everything = all && keep == 0 && until.isEmpty() && ids.isEmpty();
    BuildCachePrune pruned =
        everything
            ? engine.get().builder().prune()
            : engine
                .get()
                .builder()
                .prune(
                    step ->
                        (all || !cache.isShared(step))
                            && until.map(time -> step.created().isBefore(time)).orElse(true)
                            && (ids.isEmpty() || ids.contains(step.key().hex())),
                    keep);
    exchange.json(
        200, new Pruned(pruned.steps().stream().map(Digest::hex).toList(), pruned.reclaimed()));
  }

  /** The name was another before API 1.48. */
  private static long keep(Query query) {
    String text = query.text("reserved-space").or(() -> query.text("keep-storage")).orElse("0");
    if (!text.matches("[0-9]{1,18}")) {
      throw new InvalidArgument("keep-storage is in bytes and expects an integer, got " + text);
    }
    return Long.parseLong(text);
  }
}
