package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.images.LoadedImage;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code POST /images/load?quiet=1}: the body is an archive of images. */
final class LoadImagesEndpoint implements Handler {
  private final Supplier<Engine> engine;

  LoadImagesEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (exchange.query().text("platform").isPresent()) {
      throw new Unsupported("load --platform is not supported by this version of jdocker");
    }
    ProgressStream progress = new ProgressStream(exchange, exchange.query().flag("quiet"));
    List<LoadedImage> images;
    try {
      images = engine.get().images().load(exchange.bodyStream(), progress);
    } catch (RuntimeException e) {
      progress.fail(e);
      return;
    }
    for (LoadedImage image : images) {
      String id = image.id().toString();
      if (image.names().isEmpty()) {
        progress.stream("Loaded image ID: " + id + "\n");
      }
      for (String name : image.names()) {
        progress.stream("Loaded image: " + name + "\n");
      }
      engine.get().events().publish(Event.Type.IMAGE, "load", id, Map.of("name", id));
    }
    progress.end();
  }
}
