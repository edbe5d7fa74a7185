package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Query;
import io.jdocker.linux.WindowSize;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Containers;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The verbs that answer with a status alone. */
final class ContainerVerbs {
  private final Supplier<Engine> engine;

  ContainerVerbs(Supplier<Engine> engine) {
    this.engine = engine;
  }

  private Containers containers() {
    return engine.get().containers();
  }

  void start(Exchange exchange) throws IOException {
    containers().start(exchange.parameter());
    exchange.empty(204);
  }

  void stop(Exchange exchange) throws IOException {
    containers().stop(exchange.parameter(), signal(exchange), timeout(exchange.query()));
    exchange.empty(204);
  }

  void restart(Exchange exchange) throws IOException {
    containers().restart(exchange.parameter(), signal(exchange), timeout(exchange.query()));
    exchange.empty(204);
  }

  /** Before 1.42 stop and restart had no signal, and ignored one. */
  private static Optional<String> signal(Exchange exchange) {
    return exchange.version().isAtLeast(1, 42) ? exchange.query().text("signal") : Optional.empty();
  }

  private static Optional<Integer> timeout(Query query) {
    OptionalInt seconds = query.number("t");
    return seconds.isPresent() ? Optional.of(seconds.getAsInt()) : Optional.empty();
  }

  void pause(Exchange exchange) throws IOException {
    containers().pause(exchange.parameter());
    exchange.empty(204);
  }

  void unpause(Exchange exchange) throws IOException {
    containers().unpause(exchange.parameter());
    exchange.empty(204);
  }

  void rename(Exchange exchange) throws IOException {
    containers().rename(exchange.parameter(), exchange.query().text("name").orElse(""));
    exchange.empty(204);
  }

  void kill(Exchange exchange) throws IOException {
    containers().kill(exchange.parameter(), exchange.query().text("signal").orElse(""));
    exchange.empty(204);
  }

  void remove(Exchange exchange) throws IOException {
    Query query = exchange.query();
    if (query.flag("link")) {
      throw new InvalidArgument("removing a link of a container is not possible: recreate it");
    }
    containers().remove(exchange.parameter(), query.flag("force"), query.flag("v"));
    exchange.empty(204);
  }

  void resize(Exchange exchange) throws IOException {
    containers().resize(exchange.parameter(), size(exchange.query()));
    exchange.empty(200);
  }

  /** The terminal size of {@code h=&w=}. */
  static WindowSize size(Query query) {
    return new WindowSize(
        query.number("h").orElseThrow(() -> new InvalidArgument("the parameter h is missing")),
        query.number("w").orElseThrow(() -> new InvalidArgument("the parameter w is missing")));
  }
}
