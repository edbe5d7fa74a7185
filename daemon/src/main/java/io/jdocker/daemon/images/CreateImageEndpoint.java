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

/** {@code POST /images/create?fromSrc=-&repo=&tag=&changes=&message=}: docker import. */
final class CreateImageEndpoint implements Handler {
  private final Supplier<Engine> engine;

  CreateImageEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Query query = exchange.query();
    Optional<String> image = query.text("fromImage");
    if (image.isPresent()) {
      throw new Unsupported(
          "cannot pull "
              + image.get()
              + ": registries are not supported by this version of jdocker; use load or import");
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
