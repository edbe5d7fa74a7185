package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.images.ImageReference;
import io.jdocker.images.registry.Credentials;
import io.jdocker.images.registry.PushRequest;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code POST /images/X/push?tag=}: without a tag all of the repository's. */
final class PushImageEndpoint implements Handler {
  private final Supplier<Engine> engine;

  PushImageEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (exchange.query().text("platform").isPresent()) {
      throw new Unsupported("push --platform is not supported by this version of jdocker");
    }
    ImageReference name = ImageReference.parse(exchange.parameter());
    if (name.digest().isPresent()) {
      throw new InvalidArgument("cannot push a digest reference");
    }
    Optional<String> tag = exchange.query().text("tag");
    ImageReference reference = tag.map(name::withTag).orElse(name);
    Credentials credentials = RegistryAuth.of(exchange);
    TransferStream stream = new TransferStream(exchange);
    try {
      engine.get().registries().push(new PushRequest(reference, credentials), stream);
      engine
          .get()
          .events()
          .publish(
              Event.Type.IMAGE,
              "push",
              reference.familiar(),
              Map.of("name", reference.familiarName()));
    } catch (RuntimeException e) {
      stream.fail(e);
      return;
    }
    stream.end();
  }
}
