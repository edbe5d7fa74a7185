package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.Query;
import io.jdocker.images.Digest;
import io.jdocker.images.ImageReference;
import io.jdocker.images.Platform;
import io.jdocker.images.registry.Credentials;
import io.jdocker.images.registry.PullRequest;
import io.jdocker.images.registry.Pulled;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /images/create?fromImage=&tag=&platform=}: docker pull. Neither tag nor digest means
 * every tag of the repository.
 */
final class PullImageEndpoint implements Handler {
  private final Supplier<Engine> engine;

  PullImageEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    ImageReference wanted = reference(exchange.query());
    Optional<Platform> platform = exchange.query().text("platform").map(Platform::parse);
    Credentials credentials = RegistryAuth.of(exchange);
    boolean one = wanted.tag().isPresent() || wanted.digest().isPresent();
    TransferStream stream = new TransferStream(exchange);
    try {
      List<ImageReference> all =
          one ? List.of(wanted) : engine.get().registries().tags(wanted, credentials);
      for (ImageReference reference : all) {
        Pulled pulled =
            engine
                .get()
                .registries()
                .pull(new PullRequest(reference, platform, credentials), stream);
        engine
            .get()
            .events()
            .publish(
                Event.Type.IMAGE,
                "pull",
                pulled.reference().familiar(),
                Map.of("name", pulled.reference().familiarName()));
      }
    } catch (RuntimeException e) {
      stream.fail(e);
      return;
    }
    stream.end();
  }

  /** The tag may stand in the name, or apart; a digest may stand in the tag's place. */
  private static ImageReference reference(Query query) {
    ImageReference name =
        ImageReference.parse(
            query
                .text("fromImage")
                .orElseThrow(() -> new InvalidArgument("the parameter fromImage is missing")));
    String tag = query.text("tag").orElse("");
    if (tag.isEmpty()) {
      return name;
    }
    return tag.startsWith(Digest.PREFIX) ? name.withDigest(Digest.parse(tag)) : name.withTag(tag);
  }
}
