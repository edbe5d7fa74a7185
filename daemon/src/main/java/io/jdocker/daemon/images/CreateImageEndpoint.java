package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.Query;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.ImportRequest;
import io.jdocker.images.Platform;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /images/create}: with {@code fromSrc=-&repo=&tag=&changes=&message=} docker import,
 * with {@code fromImage=&tag=&platform=} docker pull.
 */
final class CreateImageEndpoint implements Handler {
  private final Supplier<Engine> engine;
  private final PullImageEndpoint pull;

  CreateImageEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
    this.pull = new PullImageEndpoint(engine);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Query query = exchange.query();
    if (query.text("fromImage").isPresent()) {
      pull.handle(exchange);
      return;
    }
    String source =
        query
            .text("fromSrc")
            .orElseThrow(
                () -> new InvalidArgument("one of the parameters fromImage and fromSrc is needed"));
    if (!source.equals("-")) {
      throw new Unsupported(
          "cannot import from " + source + ": only the body of the request (-) is supported");
    }
    ProgressStream progress = new ProgressStream(exchange, true);
    Image made;
    try {
      made = engine.get().images().importRootfs(request(query), exchange.bodyStream(), progress);
    } catch (RuntimeException e) {
      progress.fail(e);
      return;
    }
    String id = made.id().toString();
    engine.get().events().publish(Event.Type.IMAGE, "import", id, Map.of("name", id));
    progress.status(id);
    progress.end();
  }

  private static ImportRequest request(Query query) {
    Optional<ImageReference> name = query.text("repo").map(ImageReference::parse);
    Optional<String> tag = query.text("tag");
    return new ImportRequest(
        tag.isPresent() ? name.map(n -> n.withTag(tag.get())) : name,
        "-",
        query.all("changes"),
        query.text("message").orElse(""),
        query.text("platform").map(Platform::parse).orElseGet(Platform::host));
  }
}
