package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.ContainerSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code POST /containers/create?name=}. */
final class CreateContainerEndpoint implements Handler {
  private final Supplier<Engine> engine;

  CreateContainerEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The answer. */
  record Created(String id, List<String> warnings) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    List<String> warnings = new ArrayList<>();
    ContainerSpec spec = new CreateRequest(exchange.body(CreateDocument.class)).spec(warnings::add);
    String name = exchange.query().text("name").orElse("");
    Container container = engine.get().containers().create(name, spec, warnings::add);
    exchange.json(201, new Created(container.id().hex(), warnings));
  }
}
