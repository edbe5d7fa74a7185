package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Router;
import io.jdocker.runtime.Engine;
import java.util.function.Supplier;

/** The endpoints for images. */
public final class ImageRoutes {
  private final Supplier<Engine> engine;

  public ImageRoutes(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** Adds them. */
  public void addTo(Router router) {
    ImageEndpoints images = new ImageEndpoints(engine);
    RegistryEndpoints registry = new RegistryEndpoints(engine);
    SaveImagesEndpoint save = new SaveImagesEndpoint(engine);
    router
        .add("GET", "/images/json", new ListImagesEndpoint(engine))
        .add("POST", "/images/create", new CreateImageEndpoint(engine))
        .add("POST", "/images/load", new LoadImagesEndpoint(engine))
        .add("POST", "/images/prune", new PruneImagesEndpoint(engine))
        .add("GET", "/images/get", save::several)
        .add("GET", "/images/{name...}/json", new InspectImageEndpoint(engine))
        .add("GET", "/images/{name...}/history", images::history)
        .add("GET", "/images/{name...}/get", save::one)
        .add("POST", "/images/{name...}/tag", images::tag)
        .add("POST", "/images/{name...}/push", new PushImageEndpoint(engine))
        .add("GET", "/images/search", registry::search)
        .add("GET", "/distribution/{name...}/json", registry::distribution)
        .add("GET", "/jdocker/manifests/{name...}", registry::manifest)
        .add("GET", "/jdocker/images/{name...}/explain", new ExplainImageEndpoint(engine))
        .add("POST", "/auth", registry::login)
        .add("DELETE", "/images/{name...}", images::remove);
  }
}
