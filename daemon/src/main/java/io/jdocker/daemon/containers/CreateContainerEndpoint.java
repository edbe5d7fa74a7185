package io.jdocker.daemon.containers;

import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.images.ImageConfig;
import io.jdocker.images.Platform;
import io.jdocker.linux.failure.NotFound;
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
  private final LiveSettings settings;

  CreateContainerEndpoint(Supplier<Engine> engine, LiveSettings settings) {
    this.engine = engine;
    this.settings = settings;
  }

  /** The answer. */
  record Created(String id, List<String> warnings) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    List<String> warnings = new ArrayList<>();
    ContainerSpec spec =
        new CreateRequest(exchange.body(CreateDocument.class), settings.changeable().containers())
            .spec(warnings::add);
    exchange
        .query()
        .text("platform")
        .filter(platform -> !platform.isEmpty())
        .ifPresent(platform -> requirePlatform(spec.image(), Platform.parse(platform)));
    String name = exchange.query().text("name").orElse("");
    Container container = engine.get().containers().create(name, spec, warnings::add);
    exchange.json(201, new Created(container.id().hex(), warnings));
  }

  /** The image at hand may be another machine's: the client then pulls the one that was meant. */
  private void requirePlatform(String reference, Platform wanted) {
    ImageConfig image = engine.get().images().get(reference).config();
    Platform actual = new Platform(image.os(), image.architecture(), image.variant());
    if (!actual.satisfies(wanted)) {
      throw new NotFound(
          "image with reference "
              + reference
              + " was found but does not match the specified platform: wanted "
              + wanted
              + ", actual: "
              + actual);
    }
  }
}
