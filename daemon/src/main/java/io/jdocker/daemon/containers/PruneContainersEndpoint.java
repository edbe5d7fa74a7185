package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.Until;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code POST /containers/prune}: removes containers that do not run. */
final class PruneContainersEndpoint implements Handler {
  private final Supplier<Engine> engine;

  PruneContainersEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The answer; the list is null when nothing was removed. */
  record Pruned(Optional<List<String>> containersDeleted, long spaceReclaimed) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    Filters filters = Filters.of(exchange.query(), Set.of("label", "label!", "until"));
    Optional<Instant> until = Until.of(filters, Clock.systemUTC());
    List<String> deleted = new ArrayList<>();
    long space = 0;
    for (Container container : engine.get().containers().list()) {
      boolean wanted =
          !container.state().status().countsAsRunning()
              && LabelFilter.matches(filters, container.record().spec().labels())
              && until.map(time -> container.record().created().isBefore(time)).orElse(true);
      if (wanted) {
        long size = ContainerSize.of(engine.get(), container).own();
        if (remove(container)) {
          deleted.add(container.id().hex());
          space += size;
        }
      }
    }
    exchange.json(
        200, new Pruned(deleted.isEmpty() ? Optional.empty() : Optional.of(deleted), space));
  }

  /** False when somebody else has removed or started it meanwhile. */
  private boolean remove(Container container) {
    try {
      engine.get().containers().remove(container.id().hex(), false, false);
      return true;
    } catch (NotFound | Conflict e) {
      return false;
    }
  }
}
